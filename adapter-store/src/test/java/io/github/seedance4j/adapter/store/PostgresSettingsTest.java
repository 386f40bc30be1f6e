package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each unsafe setting is refused: on a server, a database or a session that is really set so. */
class PostgresSettingsTest {

  private static final Map<String, String> SAFE =
      Map.of(
          "fsync", "on",
          "full_page_writes", "on",
          "synchronous_commit", "on",
          "default_transaction_read_only", "off",
          "server_encoding", "UTF8",
          "server_version", "18.6",
          "server_version_num", "180006",
          "standby", "false");

  @TempDir private Path directory;

  @Test
  void findsNothingToRefuseOnADurableServer() throws SQLException {
    try (Connection connection = TestDatabase.open(PostgresServer.shared().newDatabase())) {
      assertThat(PostgresSettings.read(connection).refusals()).isEmpty();
    }
  }

  @Test
  void refusesACommitThatReturnsBeforeItIsOnDisk() throws SQLException {
    assertThat(refusalsAfter("SET synchronous_commit = off"))
        .containsExactly(
            "synchronous_commit is off: a commit returns before it is on disk; set it to on for the"
                + " server, or for this database or role with ALTER DATABASE … SET or ALTER ROLE …"
                + " SET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "local", "remote_write", "remote_apply"})
  void takesACommitThatIsOnDisk(String setting) throws SQLException {
    assertThat(refusalsAfter("SET synchronous_commit = " + setting)).isEmpty();
  }

  @Test
  void refusesADatabaseThatIsSetSo() throws SQLException {
    String url = PostgresServer.shared().newDatabase();
    try (Connection connection = TestDatabase.open(url)) {
      execute(
          connection,
          "ALTER DATABASE " + connection.getCatalog() + " SET synchronous_commit = off");
    }
    try (Connection next = TestDatabase.open(url)) {
      assertThat(PostgresSettings.read(next).refusals())
          .singleElement()
          .asString()
          .startsWith("synchronous_commit is off");
    }
  }

  @Test
  void refusesASessionThatCanWriteNothing() throws SQLException {
    assertThat(refusalsAfter("SET default_transaction_read_only = on"))
        .containsExactly(
            "default_transaction_read_only is on: nothing can be written; take that setting back"
                + " for this server, database or role, or use another role");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
  void refusesADatabaseThatCantHoldEveryPrompt(String encoding) throws SQLException {
    String clauses = "TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'";
    String url = PostgresServer.shared().newDatabase(clauses);
    try (Connection connection = TestDatabase.open(url)) {
      assertThat(PostgresSettings.read(connection).refusals())
          .containsExactly(
              "the database keeps texts as "
                  + encoding
                  + ", which can't hold every prompt; make one with ENCODING 'UTF8'");
    }
  }

  /** Settings of a whole server, and a standby: on a server that is this test's alone. */
  @Test
  void refusesAServerThatLosesWhatItAcknowledgedAndOneThatCantBeWritten()
      throws IOException, SQLException {
    PostgresServer.shared(); // skips the test where there is none
    Path data = directory.resolve("data");
    try (EmbeddedPostgres server = kept(data).setServerConfig("fsync", "off").start()) {
      assertThat(refusals(server))
          .containsExactly(
              "fsync is off: a power cut loses or damages what was committed; set fsync = on in"
                  + " postgresql.conf and reload");
    }
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres server = withoutFullPageWrites(data)) {
      assertThat(refusals(server))
          .containsExactly(
              "full_page_writes is off: a power cut can tear pages that nothing mends; set"
                  + " full_page_writes = on in postgresql.conf and reload",
              "the server is a standby, which can't be written (pg_is_in_recovery: true); connect"
                  + " to the primary, with targetServerType=primary where the address has several"
                  + " hosts");
    }
  }

  /** No server that old is at hand: the figures that one gives. */
  @ParameterizedTest
  @CsvSource({"12.22, 120022", "9.6.24, 90624"})
  void refusesAServerThatIsTooOld(String version, String number) {
    assertThat(with(Map.of("server_version", version, "server_version_num", number)).refusals())
        .containsExactly(
            "the server is PostgreSQL " + version + "; the journal needs PostgreSQL 13 or newer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsync",
        "full_page_writes",
        "synchronous_commit",
        "default_transaction_read_only",
        "server_encoding",
        "server_version_num",
        "standby"
      })
  void refusesWhatAServerDoesntSay(String setting) {
    Map<String, String> rest = new HashMap<>(SAFE);
    rest.remove(setting);

    assertThat(new PostgresSettings(rest).refusals()).hasSize(1);
  }

  @Test
  void saysEveryReasonAtOnce() {
    PostgresSettings settings = with(Map.of("fsync", "off", "synchronous_commit", "off"));

    assertThatThrownBy(() -> settings.requireSafe("the journal at db.example"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the journal at db.example is refused, since paid jobs could be lost: fsync is off: a"
                + " power cut loses or damages what was committed; set fsync = on in"
                + " postgresql.conf and reload. synchronous_commit is off: a commit returns before"
                + " it is on disk; set it to on for the server, or for this database or role with"
                + " ALTER DATABASE … SET or ALTER ROLE … SET");
    with(Map.of()).requireSafe("the journal at db.example");
  }

  private static PostgresSettings with(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(SAFE);
    settings.putAll(changes);
    return new PostgresSettings(settings);
  }

  private static List<String> refusalsAfter(String sql) throws SQLException {
    try (Connection connection = TestDatabase.open(PostgresServer.shared().newDatabase())) {
      execute(connection, sql);
      return PostgresSettings.read(connection).refusals();
    }
  }

  private static EmbeddedPostgres.Builder kept(Path data) {
    return PostgresServer.durable().setDataDirectory(data).setCleanDataDirectory(false);
  }

  private static EmbeddedPostgres withoutFullPageWrites(Path data) throws IOException {
    return kept(data).setServerConfig("full_page_writes", "off").start();
  }

  private static List<String> refusals(EmbeddedPostgres server) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
      return PostgresSettings.read(connection).refusals();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
