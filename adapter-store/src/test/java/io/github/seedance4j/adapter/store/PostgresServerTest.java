package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The server of these tests keeps what it acknowledged, far from UTC. */
class PostgresServerTest {

  @Test
  void isDurableAndFarFromUtc() throws SQLException {
    String url = PostgresServer.shared().newDatabase();
    Map<String, String> settings = new TreeMap<>();
    String sql =
        "SELECT name, setting FROM pg_settings WHERE name IN"
            + " ('fsync', 'synchronous_commit', 'full_page_writes', 'TimeZone')";
    try (Connection connection = TestDatabase.open(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        settings.put(rows.getString("name"), rows.getString("setting"));
      }
    }
    assertThat(settings)
        .isEqualTo(
            Map.of(
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "TimeZone", PostgresServer.TIME_ZONE));
  }
}
