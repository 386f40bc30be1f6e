package io.github.seedance4j.adapter.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What neither database may take, each for one reason alone. */
final class BadRows {

  private static final String ID = "job-0000000b";
  private static final long MOST = 1_000_000_000_000_000_000L;

  private static final List<String> TENANTS =
      List.of("", "Acme", "-acme", "a/b", "a b", "a\n", "é", "a".repeat(64));

  private final List<Bad> rows = new ArrayList<>();

  private BadRows() {}

  /**
   * A row that is refused.
   *
   * @param sqlite what the refusal says
   * @param postgres the constraint, or the SQL state where the server refuses it by itself
   */
  record Bad(String why, Row row, String sqlite, String postgres) {
    @Override
    public String toString() {
      return row.table() + ": " + why;
    }
  }

  static List<Bad> all() {
    BadRows rows = new BadRows();
    rows.jobs();
    rows.jobsMoney();
    rows.jobsTimes();
    rows.jobsNulls();
    rows.twins();
    rows.others();
    rows.keys();
    rows.replays();
    return List.copyOf(rows.rows);
  }

  private void jobs() {
    job("an id in capitals", "job_id_form", "id", "JOB-00000001");
    job("a short id", "job_id_form", "id", "job-1234567");
    job("a long id", "job_id_form", "id", "job-" + "a".repeat(41));
    job("an id with an end of line", "job_id_form", "id", "job-12345678\n");
    job("an id beyond ASCII", "job_id_form", "id", "job-1234567é");
    job("version 0", "job_version_counts", "version", 0L);
    bad("a version in words", good().with("version", "one"), "job.version", "42804");
    job("a state in lower case", "job_state_known", "state", "unknown");
    job("a state of its own", "job_state_known", "state", "PAUSED");
    job("no provider's name", "job_provider_form", "provider", "");
    job("no address", "job_base_url_form", "base_url", "");
    job("an endless address", "job_base_url_form", "base_url", "x".repeat(2001));
    job("no fingerprint", "job_fingerprint_form", "fingerprint", "");
    job("an empty key", "job_idempotency_key_form", "idempotency_key", "");
    job("an endless key", "job_idempotency_key_form", "idempotency_key", "ä".repeat(511));
    bad(
        "a NUL in a key",
        good().with("idempotency_key", "a\0b"),
        "job_idempotency_key_form",
        "22021");
    job("an endless label", "job_label_form", "label", "x".repeat(1021));
    job("a short digest", "job_body_sha256_form", "body_sha256", "0".repeat(63));
    job("a digest in capitals", "job_body_sha256_form", "body_sha256", "A".repeat(64));
    job("an empty task", "job_task_id_form", "task_id", "");
    job("a task with a space", "job_task_id_form", "task_id", "cgt 1");
    job("an endless task", "job_task_id_form", "task_id", "t".repeat(257));
    job("a task beyond ASCII", "job_task_id_form", "task_id", "cgt-ä");
    for (String state : List.of("SUBMITTED", "RUNNING", "SUCCEEDED", "STORED")) {
      job(state + " without a task", "job_task_is_known", "state", state);
    }
    job("an endless owner", "job_owner_form", "owner", "o".repeat(201));
    job("told of less than nothing", "job_told_counts", "told", -1L);
    job("a list for a record", "job_record_form", "record", "[]");
    job("a text for a record", "job_record_form", "record", "\"{}\"");
    bad("an empty record", good().with("record", ""), "job_record_form", "22P02");
    bad("half a record", good().with("record", "{\"id\":"), "job_record_form", "22P02");
    bad("more than a record", good().with("record", "{} {}"), "job_record_form", "22P02");
    bad("a NUL behind a record", good().with("record", "{}\0"), "job_record_form", "22021");
  }

  private void jobsMoney() {
    counted("less than nothing", "job_counted_form", -1L, "USD", "HELD");
    counted("beyond all money", "job_counted_form", MOST + 1, "USD", "HELD");
    counted("a currency in lower case", "job_currency_form", 1L, "usd", "HELD");
    counted("a currency of four letters", "job_currency_form", 1L, "USDT", "HELD");
    counted("a basis of its own", "job_basis_known", 1L, "USD", "GUESSED");
    counted("money without a currency", "job_counts_or_not", 1L, null, "HELD");
    counted("money without a basis", "job_counts_or_not", 1L, "USD", null);
    counted("a currency without money", "job_counts_or_not", null, "USD", null);
    counted("a basis without money", "job_counts_or_not", null, null, "HELD");
  }

  private void jobsTimes() {
    job("a date without zeros", "job_tariff_date_form", "tariff_date", "2026-1-1");
    job("a moment for a date", "job_tariff_date_form", "tariff_date", "2026-11-01T00:00");
    Row february = good().with("tariff_date", "2026-02-30");
    bad("the 30th of February", february, "job_tariff_date_form", "22008");
    Row thirteenth = good().with("tariff_date", "2026-13-01");
    bad("a thirteenth month", thirteenth, "job_tariff_date_form", "22008");
    for (String moment : List.of("created_at", "changed_at", "authorised_at", "due_at")) {
      job(moment + " before 1970", "job_moments", moment, -1L);
    }
    Row waiting = good().with("state", "SUCCEEDED").with("task_id", "cgt-1");
    bad("a link before 1970", waiting.with("link_dies_at", -1L), "job_moments", "job_moments");
    for (String state : List.of("RUNNING", "STORED", "EXPIRED")) {
      Row fetched = waiting.with("state", state).with("link_dies_at", Row.NOON);
      bad("a link that waits in " + state, fetched, "job_link_waits", "job_link_waits");
    }
  }

  private void jobsNulls() {
    for (String column : good().values().keySet()) {
      bad("no " + column, good().with(column, null), "job." + column, "23502");
    }
  }

  /** What is there already: {@link #before}. */
  private void twins() {
    bad("an id that is there", taken(), "UNIQUE constraint failed: job.id", "job_id");
    bad(
        "a key that is there",
        good().with("idempotency_key", "order-1"),
        "UNIQUE constraint failed: job.idempotency_key",
        "job_idempotency_key");
    bad(
        "a task that is there, under another key's account",
        good().with("fingerprint", "other").with("task_id", "cgt-1"),
        "UNIQUE constraint failed: job.task_id",
        "job_task");
    bad(
        "a second cap for a label",
        Row.budget("DAY", "acme", "EUR", "2"),
        "UNIQUE constraint failed: budget.period, budget.label",
        "budget_of_label");
    bad(
        "a second cap for all",
        Row.budget("DAY", null, "EUR", "2"),
        "UNIQUE constraint failed: budget.period",
        "budget_of_all");
    bad(
        "an owner twice",
        Row.owner("one", 2),
        "UNIQUE constraint failed: owner.owner",
        "owner_pkey");
    bad(
        "a second journal",
        Row.of("journal", "one", 1L),
        "UNIQUE constraint failed: journal.one",
        "journal_pkey");
  }

  private void others() {
    same("nobody", "owner_form", Row.owner("", 1));
    same("an endless owner", "owner_form", Row.owner("o".repeat(201), 1));
    same("a lease until before 1970", "owner_moment", Row.owner("two", -1));
    bad("no owner at all", Row.owner(null, 1), "owner.owner", "23502");
    same("a week", "budget_period_known", Row.budget("WEEK", null, "USD", "1"));
    same("an endless label", "budget_label_form", Row.budget("EVER", "x".repeat(1021), "USD", "1"));
    same("a currency in lower case", "budget_currency_form", Row.budget("EVER", null, "eur", "1"));
    for (String cap : List.of("", "-1", "1e3", "1.", ".5", "1.2.3", "1,5", " 1", "٣", "1\n")) {
      same("a cap of '" + cap + "'", "budget_cap_form", Row.budget("EVER", null, "USD", cap));
    }
    same("an endless cap", "budget_cap_form", Row.budget("EVER", null, "USD", "1".repeat(121)));
    same("another journal", "journal_is_one", Row.of("journal", "one", 2L));
    Row early = Row.of("journal", "one", 2L).with("backed_up_at", -1L);
    bad("a backup before 1970", early.with("one", 1L), "journal_moment", "journal_moment");
    same("a tally of some", "tally_scope_known", tally("SOME", ""));
    same("a tally of all with a label", "tally_label_form", tally("ALL", "x"));
  }

  private void keys() {
    for (String id :
        List.of("KEY-0000", "key-123", "key-" + "a".repeat(41), "key-0000\n", "key-é000")) {
      same("the id '" + id + "'", "access_key_id_form", key().with("id", id));
    }
    for (String digest : List.of("", "0".repeat(63), "0".repeat(65), "A".repeat(64))) {
      Row row = key().with("sha256", digest);
      same("the digest '" + digest + "'", "access_key_sha256_form", row);
    }
    for (String tenant : TENANTS) {
      same("tenant '" + tenant + "'", "access_key_tenant_form", key().with("tenant", tenant));
    }
    same("a role in lower case", "access_key_role_known", key().with("role", "admin"));
    same("a role of its own", "access_key_role_known", key().with("role", "GUEST"));
    for (long limit : new long[] {0, -1, 1L << 31}) {
      Row row = key().with("per_minute", limit);
      same(limit + " a minute", "access_key_per_minute_counts", row);
    }
    Row fields = key().with("extra_fields", "{}");
    same("an object of fields", "access_key_extra_fields_form", fields);
    for (String list : List.of("", "[", "seed")) {
      Row row = key().with("extra_fields", list);
      bad("the fields '" + list + "'", row, "access_key_extra_fields_form", "22P02");
    }
    Row nul = key().with("extra_fields", "[]\0");
    bad("a NUL behind the fields", nul, "access_key_extra_fields_form", "22021");
    same("a key before 1970", "access_key_moments", key().with("created_at", -1L));
    same("revoked before 1970", "access_key_moments", key().with("revoked_at", -1L));
    for (String column : key().values().keySet()) {
      bad("no " + column, key().with(column, null), "access_key." + column, "23502");
    }
    bad(
        "a key's id that is there",
        Row.accessKey("key-0000", "b".repeat(64)),
        "UNIQUE constraint failed: access_key.id",
        "access_key_id");
    bad(
        "a key that is there",
        Row.accessKey("key-0002", "a".repeat(64)),
        "UNIQUE constraint failed: access_key.sha256",
        "access_key_sha256");
  }

  private static Row key() {
    return Row.accessKey("key-0001", "0".repeat(64));
  }

  private void replays() {
    for (String tenant : TENANTS) {
      same("tenant '" + tenant + "'", "replay_tenant_form", replay().with("tenant", tenant));
    }
    Row empty = replay().with("idempotency_key", "");
    same("an empty key", "replay_idempotency_key_form", empty);
    Row endless = replay().with("idempotency_key", "ä".repeat(511));
    same("an endless key", "replay_idempotency_key_form", endless);
    Row nul = replay().with("idempotency_key", "a\0b");
    bad("a NUL in a key", nul, "replay_idempotency_key_form", "22021");
    Row digest = replay().with("body_sha256", "A".repeat(64));
    same("a digest in capitals", "replay_body_sha256_form", digest);
    same("nobody", "replay_owner_form", replay().with("owner", ""));
    same("an endless owner", "replay_owner_form", replay().with("owner", "o".repeat(201)));
    same("taken before 1970", "replay_moment", replay().with("taken_at", -1L));
    for (long status : new long[] {0, 99, 600}) {
      same("status " + status, "replay_status_form", answer().with("status", status));
    }
    Row type = answer().with("content_type", "t".repeat(1021));
    same("an endless type", "replay_content_type_form", type);
    for (String part : List.of("status", "content_type", "body")) {
      same("no " + part, "replay_answered_or_not", answer().with(part, null));
      Row alone = replay().with(part, answer().values().get(part));
      same(part + " alone", "replay_answered_or_not", alone);
    }
    for (String column : replay().values().keySet()) {
      bad("no " + column, replay().with(column, null), "replay." + column, "23502");
    }
    bad(
        "a caller's key that is there",
        Row.replay("acme", "order-1"),
        "UNIQUE constraint failed: replay.tenant, replay.idempotency_key",
        "replay_pkey");
  }

  private static Row replay() {
    return Row.replay("acme", "order-2");
  }

  private static Row answer() {
    return replay().with("status", 200L).with("content_type", "").with("body", new byte[] {0});
  }

  /** What the rows of {@link #twins} meet. */
  static List<Row> before() {
    return List.of(
        taken().with("idempotency_key", "order-1").with("task_id", "cgt-1"),
        Row.budget("DAY", "acme", "USD", "1"),
        Row.budget("DAY", null, "USD", "1"),
        Row.owner("one", 1),
        Row.accessKey("key-0000", "a".repeat(64)),
        Row.replay("acme", "order-1"));
  }

  private static Row taken() {
    return Row.job("job-0000000a");
  }

  private static Row good() {
    return Row.job(ID);
  }

  private static Row tally(String scope, String label) {
    return Row.of("tally", "currency", "USD")
        .with("scope", scope)
        .with("label", label)
        .with("day", 1L)
        .with("computed", 0L)
        .with("unconfirmed", 0L)
        .with("stated", 0L)
        .with("held", 0L);
  }

  private void job(String why, String constraint, String column, Object value) {
    same(why, constraint, good().with(column, value));
  }

  private void counted(
      String why,
      String constraint,
      @Nullable Long nanos,
      @Nullable String currency,
      @Nullable String basis) {
    same(why, constraint, good().counting(nanos, currency, basis));
  }

  private void same(String why, String constraint, Row row) {
    bad(why, row, constraint, constraint);
  }

  private void bad(String why, Row row, String sqlite, String postgres) {
    rows.add(new Bad(why, row, sqlite, postgres));
  }
}
