package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Spend;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What jobs cost: by whole days from the tally, which triggers keep, else from the jobs. */
final class Spends {

  /** In the column {@code basis}, as long as there is no bill. */
  static final String HELD = "HELD";

  private static final String SUMS = "sum(computed), sum(unconfirmed), sum(stated), sum(held)";
  private static final String BY_DAY =
      "SELECT " + SUMS + " FROM tally WHERE currency = ? AND scope = ? AND label = ? AND day >= ?";
  private static final String BY_JOB =
      "SELECT "
          + SUMS
          + " FROM (SELECT"
          + " CASE WHEN basis IN ('COMPUTED', 'AT_MOST') THEN counted_nanos ELSE 0 END AS computed,"
          + " CASE WHEN basis = 'UNCONFIRMED' THEN counted_nanos ELSE 0 END AS unconfirmed,"
          + " CASE WHEN basis = 'STATED' THEN counted_nanos ELSE 0 END AS stated,"
          + " CASE WHEN basis = 'HELD' THEN counted_nanos ELSE 0 END AS held"
          + " FROM job WHERE currency = ? AND authorised_at >= ?";
  private static final String OF_LABEL = " AND label = ?";
  private static final String END = ") AS each_job";

  private Spends() {}

  static Spend since(Session session, Instant since, Currency currency, @Nullable String label)
      throws SQLException {
    long micros = Columns.micros(since);
    String code = currency.getCurrencyCode();
    Session.Row<Spend> sums =
        row ->
            new Spend(
                Columns.money(row.getLong(1), currency),
                Columns.money(row.getLong(2), currency),
                Columns.money(row.getLong(3), currency),
                Columns.money(row.getLong(4), currency));
    if (label != null && !Texts.isStorable(label)) {
      return Spend.none(currency); // no job has it
    }
    if (Columns.isMidnight(micros)) {
      String scope = label == null ? "ALL" : "LABEL";
      String of = label == null ? "" : label;
      return session.list(BY_DAY, sums, code, scope, of, Columns.day(micros)).get(0);
    }
    return label == null
        ? session.list(BY_JOB + END, sums, code, micros).get(0)
        : session.list(BY_JOB + OF_LABEL + END, sums, code, micros, label).get(0);
  }
}
