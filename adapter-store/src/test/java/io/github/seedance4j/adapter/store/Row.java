package io.github.seedance4j.adapter.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that a test puts into a table past the journal. */
record Row(String table, Map<String, @Nullable Object> values) {

  /** When the jobs of these tests were made: noon UTC of 22 November 2026, in microseconds. */
  static final long NOON = 1_795_348_800_000_000L;

  Row {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A job that was just intended: nothing that may be missing is there. */
  static Row job(String id) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", id);
    values.put("version", 1L);
    values.put("state", "INTENDED");
    values.put("provider", "TokenHub");
    values.put("base_url", "https://tokenhub.example/v1");
    values.put("fingerprint", "a1b2c3");
    values.put("created_at", NOON);
    values.put("changed_at", NOON);
    values.put("authorised_at", NOON);
    values.put("owner", "");
    values.put("told", 0L);
    values.put("record", "{}");
    return new Row("job", values);
  }

  static Row owner(@Nullable String owner, long until) {
    return of("owner", "owner", owner).with("until_at", until);
  }

  static Row budget(String period, @Nullable String label, String currency, String cap) {
    return of("budget", "period", period)
        .with("label", label)
        .with("currency", currency)
        .with("cap", cap);
  }

  /** A key without a limit. */
  static Row accessKey(String id, String sha256) {
    return of("access_key", "id", id)
        .with("sha256", sha256)
        .with("tenant", "acme")
        .with("role", "TENANT")
        .with("extra_fields", "[]")
        .with("created_at", NOON);
  }

  /** A caller's key whose request is being answered. */
  static Row replay(String tenant, String key) {
    return of("replay", "tenant", tenant)
        .with("idempotency_key", key)
        .with("body_sha256", "0".repeat(64))
        .with("owner", "one")
        .with("taken_at", NOON);
  }

  static Row of(String table, String column, @Nullable Object value) {
    return new Row(table, Map.of()).with(column, value);
  }

  Row with(String column, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(column, value);
    return new Row(table, more);
  }

  /** What counts against a cap. */
  Row counting(@Nullable Long nanos, @Nullable String currency, @Nullable String basis) {
    return with("counted_nanos", nanos).with("currency", currency).with("basis", basis);
  }

  void insert(Connection connection) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
    String columns = String.join(", ", values.keySet());
    String sql = "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int place = 1;
      for (Object value : values.values()) {
        statement.setObject(place++, value);
      }
      statement.executeUpdate();
    }
  }
}
