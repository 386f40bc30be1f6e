package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.port.out.JobJournal.Replaced;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a journal of the newest version holds that has seen most of what happens, as statements that
 * put it into either database. {@link UpgradeTest} keeps one such text for each version.
 */
final class JournalSamples {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
  private static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", "https://hub.example/v1", "f00d");
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId ZOO = new TenantId("zoo-1.b_c");

  /** Of a key that the sample has. */
  static final String DIGEST = "0123456789abcdef".repeat(4);

  private static final Set<String> NOT_COPIED = Set.of("number", "pending");

  private JournalSamples() {}

  /** Fills an empty journal. */
  static void fill(JdbcJobJournal journal) {
    journal.setBudget(Budget.perMonth(Money.usd("200.00")));
    journal.claim(new Lease("host-1", NOON, Duration.ofDays(1)), ACCOUNT, 0);

    put(journal, intended(1, "job that is about to be sent"));
    put(
        journal,
        intended(2, "läuft, \"quoted\" \\ 'and'\nbroken 🐕"),
        job ->
            job.change()
                .state(JobState.THROTTLED, NOON.plusSeconds(1))
                .fault(new ProviderFault(ProviderFault.Kind.OTHER, "429", "slow down", "req-1"))
                .dueAt(NOON.plusSeconds(9))
                .attempts(2)
                .done());
    put(
        journal,
        intended(3, "clip that waits"),
        JournalSamples::submitted,
        job ->
            job.change()
                .state(JobState.SUCCEEDED, NOON.plusSeconds(120))
                .task(task(job, new TaskState.Succeeded(video())))
                .done());
    put(
        journal,
        intended(4, "clip that is ours"),
        JournalSamples::submitted,
        job ->
            job.change()
                .state(JobState.STORED, NOON.plusSeconds(240))
                .task(task(job, new TaskState.Succeeded(video())))
                .clip(new Clip(Path.of("/clips/4.mp4"), 5L << 30, "c1", new ClipLength(121, 24)))
                .bill(new Bill(Money.usd("0.762300001"), Bill.Basis.COMPUTED))
                .done());
    put(
        journal,
        intended(5, "failed"),
        JournalSamples::submitted,
        job ->
            job.change()
                .state(JobState.FAILED, NOON.plusSeconds(30))
                .fault(new ProviderFault(ProviderFault.Kind.OTHER, null, null, null))
                .bill(new Bill(Money.usd("0.80"), Bill.Basis.UNCONFIRMED))
                .done());
    put(
        journal,
        intended(6, "nobody knows"),
        job -> job.change().state(JobState.UNKNOWN, NOON).note("the reply was cut").done());
    put(
        journal,
        intended(7, "to be forgotten"),
        job ->
            job.change()
                .state(JobState.LOST, NOON.plusSeconds(60))
                .bill(new Bill(Money.usd("0"), Bill.Basis.STATED))
                .done(),
        job -> job.change().purge().done());
    put(
        journal,
        Job.intended(id(8), ACCOUNT, GenerationDraft.builder().build(), NOON)
            .authorisations(0)
            .state(JobState.RUNNING, NOON)
            .taskId(new TaskId("cgt-elsewhere"))
            .done());
    journal.told(id(5), 3);
    keys(journal.accessKeys());
    replays(journal.replays());
    // last, since it admits nothing that is paid for in dollars
    journal.setBudget(Budget.perDay(Money.of("0.000000001", "EUR")).forLabel("Müller & 'Söhne'"));
  }

  private static void keys(AccessKeyStore keys) {
    Set<String> odd = Set.of("seed", "ä 'quoted' \"field\"");
    AccessKey key = new AccessKey("key-sample0001", ACME, Role.TENANT, 60, odd, NOON, null);
    keys.add(key, DIGEST);
    keys.add(
        new AccessKey("key-sample0002", ZOO, Role.ADMIN, null, Set.of(), NOON, null),
        DIGEST.replace('a', 'b'));
    keys.revoke("key-sample0002", NOON.plusSeconds(60));
  }

  private static void replays(ReplayStore replays) {
    for (ReplayStore.Entry entry : entries()) {
      replays.take(entry, Instant.EPOCH, Instant.EPOCH);
    }
    byte[] body = "{\"id\":\"job-sample0004\",\"läuft\":true}\n\0".getBytes(StandardCharsets.UTF_8);
    replays.answer(ACME, "order '4'", "one", new StoredAnswer(200, "application/json", body));
    replays.answer(ZOO, "order 5", "two", new StoredAnswer(402, "text/plain", new byte[0]));
  }

  private static List<ReplayStore.Entry> entries() {
    return List.of(
        new ReplayStore.Entry(ACME, "order '4'", DIGEST, "one", NOON, null),
        new ReplayStore.Entry(ZOO, "order 5", DIGEST, "two", NOON.plusSeconds(1), null),
        new ReplayStore.Entry(ZOO, "order 6", DIGEST, "three", NOON.plusSeconds(2), null));
  }

  /** What is there of the sample's answers; looks by taking what can't be taken. */
  static List<String> answers(ReplayStore replays) {
    List<String> lines = new ArrayList<>();
    for (ReplayStore.Entry entry : entries()) {
      replays
          .take(entry, Instant.EPOCH, Instant.EPOCH)
          .ifPresent(
              there -> {
                StoredAnswer answer = there.answer();
                String body = answer == null ? "" : " " + HexFormat.of().formatHex(answer.body());
                lines.add(there + body);
              });
    }
    return lines;
  }

  private static void put(JdbcJobJournal journal, Job job, Next... versions) {
    if (!(journal.admit(job, List.of(), "host-1") instanceof Admission.Admitted)) {
      throw new IllegalStateException("not admitted: " + job);
    }
    Job last = job;
    for (Next next : versions) {
      last = next.after(last);
      if (journal.replace(last) != Replaced.DONE) {
        throw new IllegalStateException("not replaced: " + last);
      }
    }
  }

  private static JobId id(int number) {
    return new JobId("job-sample000" + number);
  }

  private static Job intended(int number, String prompt) {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0)
            .prompt(prompt)
            .duration(Duration.ofSeconds(5))
            .build();
    return Job.intended(id(number), ACCOUNT, draft, NOON.plusSeconds(number))
        .quote(Jobs.quote("0.80"))
        .idempotencyKey("order " + number)
        .label(number % 2 == 0 ? "Müller & 'Söhne'" : null)
        .clipTarget(Path.of("/out", number + ".mp4"))
        .bodySha256(String.format("%064x", number))
        .done();
  }

  private static Job submitted(Job job) {
    return job.change()
        .state(JobState.SUBMITTED, NOON.plusSeconds(10))
        .attempts(1)
        .taskId(new TaskId("cgt-" + job.id()))
        .done();
  }

  private static VideoTask task(Job job, TaskState state) {
    return new VideoTask(job.taskId().orElseThrow(), state, "seedance", NOON.plusSeconds(90));
  }

  private static GeneratedVideo video() {
    return new GeneratedVideo("https://clips.example/a?sig=1&b", null, new BigDecimal("5"));
  }

  /** Statements, one a line, that put what a journal holds into one that is empty. */
  static List<String> statements(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String table : List.of("budget", "owner", "job", "access_key", "replay")) {
      String order =
          switch (table) {
            case "owner" -> "owner";
            case "replay" -> "tenant, idempotency_key";
            default -> "number";
          };
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT * FROM " + table + " ORDER BY " + order)) {
        while (row.next()) {
          statements.add(insert(table, row));
        }
      }
    }
    return statements;
  }

  private static String insert(String table, ResultSet row) throws SQLException {
    ResultSetMetaData meta = row.getMetaData();
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      Object value = row.getObject(i);
      if (!NOT_COPIED.contains(meta.getColumnName(i)) && value != null) {
        columns.add(meta.getColumnName(i));
        values.add(literal(value));
      }
    }
    String into = "INSERT INTO " + table + " (" + String.join(", ", columns) + ")";
    return into + " VALUES (" + String.join(", ", values) + ");";
  }

  private static String literal(Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }

  /** The next version of a job. */
  @FunctionalInterface
  private interface Next {
    Job after(Job job);
  }
}
