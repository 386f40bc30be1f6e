package io.github.seedance4j.adapter.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Driven port {@link JobJournal} on JDBC. A change is on disk when its call returns, and is made
 * whole or not at all. Several processes may use one journal. Thread-safe; an interrupt of a
 * calling thread cuts nothing short.
 *
 * <p>Calls throw {@link io.github.seedance4j.error.RetryLaterException} where trying again may help
 * (a full disk, a lock that another program keeps, a server that is away) and {@link
 * IllegalStateException} where it won't, also after {@link #close}, and where a server was lost at
 * a commit: then it is unknown whether the change was made, and it isn't tried again here. Texts
 * with NUL or half a surrogate pair, and amounts over a billion, are refused as {@link
 * IllegalArgumentException}. Money counts to the billionth, rounded up.
 */
public final class JdbcJobJournal implements JobJournal {

  private final Database database;

  JdbcJobJournal(Database database) {
    this.database = database;
  }

  /** A journal in a file, with {@link JournalOptions#defaults()}. */
  public static JdbcJobJournal sqlite(Path file) {
    return sqlite(file, JournalOptions.defaults());
  }

  /**
   * A journal in a file on a local disk. What is missing is made: the file with mode 0600, its
   * directory with 0700. Needs {@code org.xerial:sqlite-jdbc}, and Flyway for tables to be made.
   *
   * @throws IllegalArgumentException if that is no file
   * @throws IllegalStateException if commits wouldn't be safe there, if a newer version wrote it,
   *     or if it is a backup and not opened as {@link JournalOptions#forRestored()}
   */
  public static JdbcJobJournal sqlite(Path file, JournalOptions options) {
    Drivers.requireSqlite();
    Clock clock = Clock.systemUTC();
    return opened(SqliteDatabase.open(file, options, clock), options, clock);
  }

  /** A journal in PostgreSQL, with a pool of connections of its own and the default options. */
  public static JdbcJobJournal postgres(String url, String user, String password) {
    return postgres(url, user, password, JournalOptions.defaults());
  }

  /**
   * A journal in PostgreSQL 13 or newer, with a pool of connections of its own. Its tables are made
   * where they are missing, best in a schema of their own ({@code ?currentSchema=} in the URL).
   * Needs {@code org.postgresql:postgresql}, {@code com.zaxxer:HikariCP}, and Flyway for tables to
   * be made.
   *
   * @param url such as {@code jdbc:postgresql://host/database?currentSchema=seedance}
   * @throws IllegalStateException as for {@link #sqlite(Path, JournalOptions)}
   */
  public static JdbcJobJournal postgres(
      String url, String user, String password, JournalOptions options) {
    Drivers.requirePostgresAndPool();
    HikariDataSource pool = PostgresPool.open(url, user, password, options.patience());
    return postgres(pool, pool::close, options);
  }

  /**
   * A journal in PostgreSQL, on connections from a source that stays the caller's to close. They
   * have to commit by themselves: one inside a transaction is refused.
   */
  public static JdbcJobJournal postgres(DataSource source) {
    return postgres(source, JournalOptions.defaults());
  }

  /** As {@link #postgres(DataSource)}. */
  public static JdbcJobJournal postgres(DataSource source, JournalOptions options) {
    return postgres(source, () -> {}, options);
  }

  private static JdbcJobJournal postgres(
      DataSource source, Runnable afterwards, JournalOptions options) {
    try {
      return opened(PostgresDatabase.open(source, afterwards), options, Clock.systemUTC());
    } catch (RuntimeException e) {
      afterwards.run();
      throw e;
    }
  }

  /** The journal in an open database, unless it is a copy that nobody has restored. */
  static JdbcJobJournal opened(Database database, JournalOptions options, Clock clock) {
    try {
      if (options.restored()) {
        Instant now = clock.instant();
        database.write(
            session -> {
              Restoration.restore(session, now);
              return true;
            });
      } else {
        database
            .read(Restoration::backedUpAt)
            .ifPresent(
                time -> {
                  throw Restoration.refusal(time);
                });
      }
      return new JdbcJobJournal(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Copies the journal to a new file while it is in use. The copy is marked: it opens only as
   * {@link JournalOptions#forRestored()}.
   *
   * @param target made with mode 0600
   * @throws IllegalArgumentException if it exists
   * @throws UnsupportedOperationException for PostgreSQL, which has {@code pg_dump}
   */
  public void backup(Path target) {
    database.backup(target);
  }

  /** The keys of a gateway's callers, kept beside the jobs, and open as long as this journal is. */
  public AccessKeyStore accessKeys() {
    return new JdbcAccessKeyStore(database);
  }

  /**
   * A gateway's answers to give again, kept beside the jobs, and open as long as this journal is.
   */
  public ReplayStore replays() {
    return new JdbcReplayStore(database);
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    JobTable.Row row = JobTable.row(intended);
    LeaseTable.owner(owner);
    return database.write(session -> admit(session, intended, row, budgets, owner));
  }

  private Admission admit(
      Session session, Job intended, JobTable.Row row, List<Budget> budgets, String owner)
      throws SQLException {
    List<Budget> caps = Caps.over(session, intended, budgets);
    Caps.Before before = before(session, intended);
    Optional<Admission> refusal = refusal(session, intended, caps, before);
    // looked at before anybody is made to wait: what is over a cap needs no turn, and no sync
    if (refusal.isEmpty() && !caps.isEmpty() && database.serialise(session)) {
      before = before(session, intended);
      refusal = refusal(session, intended, caps, before);
    }
    if (refusal.isPresent()) {
      return refusal.get();
    }
    boolean recorded =
        before == null
            ? JobTable.insert(session, row, owner)
            : JobTable.handOver(session, row, owner);
    return recorded ? new Admission.Admitted(intended) : existing(session, intended);
  }

  private static Caps.@Nullable Before before(Session session, Job intended) throws SQLException {
    return intended.version() == 1
        ? null
        : Caps.Before.of(session, intended.id().value()).orElse(null);
  }

  /** Why it is not recorded, as far as that can be said before it is tried. */
  private static Optional<Admission> refusal(
      Session session, Job intended, List<Budget> caps, Caps.@Nullable Before before)
      throws SQLException {
    if (before != null && before.version() != intended.version() - 1) {
      return Optional.of(existing(session, intended));
    }
    Optional<Admission> refusal = Caps.refusal(session, intended, caps, before);
    if (refusal.isEmpty() || before != null) {
      return refusal;
    }
    Optional<Admission> known = // a key wins over a cap
        known(session, intended).map(it -> new Admission.Existing(JobJson.read(it)));
    return known.isPresent() ? known : refusal;
  }

  private static Admission existing(Session session, Job intended) throws SQLException {
    String known =
        known(session, intended)
            .orElseThrow(() -> new IllegalStateException("a duplicate is gone: " + intended));
    return new Admission.Existing(JobJson.read(known));
  }

  /** What stands in the way of a new job: its id, its key or its task is there. */
  private static Optional<String> known(Session session, Job job) throws SQLException {
    Optional<String> known = JobTable.find(session, job.id());
    if (known.isEmpty() && job.idempotencyKey().isPresent()) {
      known = JobTable.findByKey(session, job.idempotencyKey().get());
    }
    if (known.isEmpty() && job.taskId().isPresent()) {
      known = JobTable.findByTask(session, job.account(), job.taskId().get());
    }
    return known;
  }

  @Override
  public Replaced replace(Job next) {
    JobTable.Row row = JobTable.row(next);
    try {
      return database.write(
          session -> JobTable.update(session, row) ? Replaced.DONE : Replaced.STALE);
    } catch (TaskTakenException e) {
      return Replaced.TASK_TAKEN;
    }
  }

  @Override
  public Optional<Job> find(JobId id) {
    return database.read(session -> JobTable.find(session, id)).map(JobJson::read);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return database.read(session -> JobTable.findByTask(session, account, id)).map(JobJson::read);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return database.read(session -> JobTable.findByKey(session, idempotencyKey)).map(JobJson::read);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return database.read(session -> JobTable.list(session, query)).stream()
        .map(JobJson::read)
        .toList();
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return database.read(session -> Spends.since(session, since, currency, label));
  }

  @Override
  public List<Budget> budgets() {
    return database.read(Caps::all);
  }

  @Override
  public void setBudget(Budget budget) {
    if (budget.label() != null) {
      Texts.requireStorable("label", budget.label());
    }
    database.write(
        session -> {
          database.serialise(session);
          Caps.set(session, budget);
          return true;
        });
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    boolean possible = label == null || Texts.isStorable(label);
    return possible && database.write(session -> Caps.remove(session, period, label));
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    LeaseTable.owner(lease.owner());
    List<String> records =
        database.write(
            session -> {
              begin(session, lease);
              return LeaseTable.take(session, database.skipLocked(), lease, account, limit);
            });
    return records.stream().map(JobJson::read).toList();
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    LeaseTable.owner(lease.owner());
    return database.write(
        session -> {
          begin(session, lease);
          return LeaseTable.take(session, lease, id);
        });
  }

  private void begin(Session session, Lease lease) throws SQLException {
    database.serialise(session);
    database.leasing(session, lease.owner());
    LeaseTable.renew(session, lease);
  }

  @Override
  public void release(String owner) {
    database.write(
        session -> {
          LeaseTable.release(session, owner);
          database.released(owner);
          return true;
        });
  }

  @Override
  public void told(JobId id, long version) {
    database.write(
        session -> {
          LeaseTable.told(session, id, version);
          return true;
        });
  }

  /** True: whoever opens the same file or the same database works on the same records. */
  @Override
  public boolean isShared() {
    return true;
  }

  /**
   * Waits for what is under way. After it every other method throws. Closing twice does no harm.
   */
  @Override
  public void close() {
    database.close();
  }
}
