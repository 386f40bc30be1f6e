package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Bill;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** One database is as strict as the other. */
class SchemaTest {

  private static final Pattern CHECK = Pattern.compile("CONSTRAINT (\\w+) CHECK");
  private static final String TABLES =
      "'job', 'owner', 'budget', 'journal', 'tally', 'access_key', 'replay'";

  private static final Map<String, String> TYPES =
      Map.of("text", " text", "blob", " bytes", "bytea", " bytes");

  @TempDir private static Path directory;
  private static final Map<TestDatabase, String> MIGRATED = new EnumMap<>(TestDatabase.class);

  private static Connection open(TestDatabase database) throws SQLException {
    synchronized (MIGRATED) {
      if (!MIGRATED.containsKey(database)) {
        MIGRATED.put(database, database.migrated(directory));
      }
    }
    return TestDatabase.open(MIGRATED.get(database));
  }

  static Stream<Arguments> badRows() {
    return BadRows.all().stream()
        .flatMap(bad -> Stream.of(TestDatabase.values()).map(on -> Arguments.of(on, bad)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("badRows")
  void refusesWhatIsNoJournal(TestDatabase database, BadRows.Bad bad) throws SQLException {
    try (Connection connection = open(database)) {
      connection.setAutoCommit(false);
      for (Row row : BadRows.before()) {
        row.insert(connection);
      }

      Throwable refusal = catchThrowable(() -> bad.row().insert(connection));

      assertThat(refusal).as("the refusal").isInstanceOf(SQLException.class);
      if (refusal instanceof PSQLException server) {
        ServerErrorMessage message = server.getServerErrorMessage();
        assertThat(List.of(server.getSQLState(), message == null ? "" : message + ""))
            .as("the refusal")
            .anyMatch(
                part -> part.equals(bad.postgres()) || part.contains('"' + bad.postgres() + '"'));
      } else {
        assertThat(refusal).hasMessageContaining(bad.sqlite());
      }
      connection.rollback();
    }
  }

  @Test
  void hasABadRowForEachCheckAndTheSameChecksOnBoth() throws SQLException {
    Set<String> sqlite = new TreeSet<>();
    Set<String> postgres = new TreeSet<>();
    try (Connection connection = open(TestDatabase.SQLITE)) {
      for (String sql : texts(connection, "SELECT sql FROM sqlite_master WHERE type = 'table'")) {
        Matcher check = CHECK.matcher(sql);
        while (check.find()) {
          sqlite.add(check.group(1));
        }
      }
    }
    try (Connection connection = open(TestDatabase.POSTGRES)) {
      postgres.addAll(
          texts(
              connection,
              "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid > 0"));
    }
    Set<String> tried = BadRows.all().stream().map(BadRows.Bad::sqlite).collect(Collectors.toSet());

    assertThat(sqlite).isEqualTo(postgres);
    assertThat(tried).containsAll(sqlite);
  }

  @Test
  void hasTheSameColumnsAndIndexesOnBoth() throws SQLException {
    Map<TestDatabase, List<String>> columns = new EnumMap<>(TestDatabase.class);
    for (TestDatabase database : TestDatabase.values()) {
      try (Connection connection = open(database);
          ResultSet found = connection.getMetaData().getColumns(null, null, "%", "%")) {
        List<String> lines = new ArrayList<>();
        while (found.next()) {
          String table = found.getString("TABLE_NAME");
          if (TABLES.contains("'" + table + "'")) {
            String type = found.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
            lines.add(
                table
                    + "."
                    + found.getString("COLUMN_NAME")
                    + TYPES.getOrDefault(type, " whole number")
                    + (found.getString("IS_NULLABLE").equals("YES") ? " or null" : ""));
          }
        }
        columns.put(database, lines.stream().sorted().toList());
      }
    }
    assertThat(columns.get(TestDatabase.SQLITE))
        .hasSizeGreaterThan(30)
        .isEqualTo(columns.get(TestDatabase.POSTGRES));

    String indexes =
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1";
    String servers =
        "SELECT indexname FROM pg_indexes WHERE tablename IN ("
            + TABLES
            + ") AND indexname NOT LIKE '%pkey' ORDER BY 1";
    try (Connection file = open(TestDatabase.SQLITE);
        Connection server = open(TestDatabase.POSTGRES)) {
      List<String> known = new ArrayList<>(texts(file, indexes));
      known.removeIf(name -> name.startsWith(Schema.HISTORY));
      assertThat(known).isEqualTo(texts(server, servers));
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesEveryStateAndBasisThereIs(TestDatabase database) throws SQLException {
    try (Connection connection = open(database)) {
      connection.setAutoCommit(false);
      int number = 0;
      for (JobState state : JobState.values()) {
        Row row =
            Row.job(id(++number)).with("state", state.name()).with("task_id", "cgt-" + number);
        row.insert(connection);
      }
      for (Bill.Basis basis : Bill.Basis.values()) {
        Row.job(id(++number)).counting(1L, "USD", basis.name()).insert(connection);
      }

      String looking = "SELECT state FROM job WHERE pending = 1 AND basis IS NULL";
      assertThat(texts(connection, looking)).hasSize(JobState.values().length);
      execute(connection, "UPDATE job SET told = version");
      assertThat(texts(connection, looking).stream().map(JobState::valueOf))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(JobState.values()).filter(JobState::isUnfinished).toList());
      connection.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasPutInToTheByte(TestDatabase database) throws SQLException {
    List<Row> rows = goodRows();
    try (Connection connection = open(database)) {
      connection.setAutoCommit(false);
      for (Row row : rows) {
        row.insert(connection);
      }
      for (Row row : rows) {
        String at = "SELECT * FROM job WHERE id = '" + row.values().get("id") + "'";
        try (Statement statement = connection.createStatement();
            ResultSet found = statement.executeQuery(at)) {
          found.next();
          Map<String, Object> values = new TreeMap<>();
          for (Map.Entry<String, Object> value : row.values().entrySet()) {
            Object there =
                value.getValue() instanceof Long
                    ? (Object) found.getLong(value.getKey())
                    : found.getString(value.getKey());
            values.put(value.getKey(), there);
          }
          assertThat(values).isEqualTo(new TreeMap<>(row.values()));
        }
      }
      assertThat(texts(connection, "SELECT idempotency_key FROM job WHERE label = 'x' ORDER BY 1"))
          .as("byte by byte, also in order")
          .containsExactly("ORDER", "order", "order ", "o\u0308rder", "\u00f6rder");
      connection.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesACapForEachPeriodAndLabel(TestDatabase database) throws SQLException {
    try (Connection connection = open(database)) {
      connection.setAutoCommit(false);
      for (String period : List.of("DAY", "MONTH", "EVER")) {
        Row.budget(period, null, "USD", "0").insert(connection);
        Row.budget(period, "acme", "USD", "200.00").insert(connection);
        Row.budget(period, "ACME", "EUR", "0." + "0".repeat(99) + "1").insert(connection);
      }
      assertThat(texts(connection, "SELECT cap FROM budget WHERE period = 'DAY' ORDER BY number"))
          .containsExactly("0", "200.00", "0." + "0".repeat(99) + "1");
      connection.rollback();
    }
  }

  private static List<Row> goodRows() {
    List<Row> rows = new ArrayList<>();
    for (String key : List.of("order", "order ", "ORDER", "o\u0308rder", "\u00f6rder")) {
      rows.add(Row.job(id(rows.size())).with("idempotency_key", key).with("label", "x"));
    }
    String longest = "\ud83d\udc15".repeat(255);
    rows.add(
        Row.job("job-" + "z9".repeat(20))
            .with("state", "SUCCEEDED")
            .with("version", Long.MAX_VALUE)
            .with("idempotency_key", longest)
            .with("label", longest)
            .with("body_sha256", "0123456789abcdef".repeat(4))
            .with("base_url", "u".repeat(2000))
            .with("task_id", "!~".repeat(128))
            .with("tariff_date", "2024-02-29")
            .with("link_dies_at", Row.NOON)
            .with("due_at", 0L)
            .with("owner", "o".repeat(200))
            .with("told", Long.MAX_VALUE)
            .with("record", "{\"prompt\":\"a dog 🐕 läuft\\u0000\",\"n\":1e-400}")
            .counting(1_000_000_000_000_000_000L, "USD", "AT_MOST"));
    for (String at : List.of("https://a.example", "https://b.example", "HTTPS://a.example")) {
      rows.add(Row.job(id(rows.size())).with("base_url", at).with("task_id", "cgt-1"));
    }
    rows.add(
        Row.job(id(rows.size())).with("base_url", "https://a.example").with("task_id", "CGT-1"));
    rows.add(Row.job(id(rows.size())).counting(0L, "JPY", "STATED"));
    return rows;
  }

  private static String id(int number) {
    return String.format("job-%08d", number);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
