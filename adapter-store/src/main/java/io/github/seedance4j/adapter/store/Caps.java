package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The journal's own caps, and whether a job still has room under all that cover it. */
final class Caps {

  private static final String ALL =
      "SELECT period, label, currency, cap FROM budget ORDER BY number";
  private static final String INSERT =
      "INSERT INTO budget (period, label, currency, cap) VALUES (?, ?, ?, ?)";
  private static final String REMOVE = "DELETE FROM budget WHERE period = ? AND label ";

  private Caps() {}

  static List<Budget> all(Session session) throws SQLException {
    return session.list(ALL, Caps::read);
  }

  private static Budget read(ResultSet row) throws SQLException {
    return new Budget(
        Money.of(row.getString(4), row.getString(3)),
        Budget.Period.valueOf(row.getString(1)),
        row.getString(2));
  }

  static void set(Session session, Budget budget) throws SQLException {
    remove(session, budget.period(), budget.label());
    session.update(
        INSERT,
        budget.period().name(),
        budget.label(),
        budget.cap().currency().getCurrencyCode(),
        budget.cap().plain());
  }

  static boolean remove(Session session, Budget.Period period, @Nullable String label)
      throws SQLException {
    return label == null
        ? session.update(REMOVE + "IS NULL", period.name()) > 0
        : session.update(REMOVE + "= ?", period.name(), label) > 0;
  }

  /** The caps that decide on a job: its journal's and those given. */
  static List<Budget> over(Session session, Job job, List<Budget> given) throws SQLException {
    return job.counted().isEmpty()
        ? List.of()
        : Stream.concat(all(session).stream(), given.stream())
            .filter(budget -> budget.covers(job))
            .toList();
  }

  /**
   * The first cap that has less left than the job would hold.
   *
   * @param before what the version before it counts, whose place it takes
   */
  static Optional<Admission> refusal(
      Session session, Job job, List<Budget> caps, @Nullable Before before) throws SQLException {
    Money hold = job.counted().orElse(null);
    if (hold == null) {
      return Optional.empty();
    }
    for (Budget budget : caps) {
      if (!budget.cap().currency().equals(hold.currency())) {
        return Optional.of(new Admission.OverCap(budget, Money.zero(hold.currency())));
      }
      Instant since = budget.since(job.authorisedAt());
      Money total = Spends.since(session, since, hold.currency(), budget.label()).total();
      if (before != null && before.countsIn(hold.currency(), since, budget.label())) {
        total = total.minus(Columns.money(before.nanos, hold.currency()));
      }
      Money left = budget.cap().minus(total);
      if (hold.isMoreThan(left)) {
        return Optional.of(new Admission.OverCap(budget, left));
      }
    }
    return Optional.empty();
  }

  /** What a job counted until now. */
  record Before(
      long version,
      long nanos,
      @Nullable String currency,
      @Nullable String label,
      long authorisedAt) {

    private static final String OF =
        "SELECT version, counted_nanos, currency, label, authorised_at FROM job WHERE id = ?";

    static Optional<Before> of(Session session, String id) throws SQLException {
      return session.first(
          OF,
          row ->
              new Before(
                  row.getLong(1),
                  row.getLong(2),
                  row.getString(3),
                  row.getString(4),
                  row.getLong(5)),
          id);
    }

    private boolean countsIn(Currency of, Instant since, @Nullable String only) {
      return of.getCurrencyCode().equals(currency)
          && authorisedAt >= Columns.micros(since)
          && (only == null || only.equals(label));
    }
  }
}
