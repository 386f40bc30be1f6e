package io.github.seedance4j.adapter.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Which tables a database has. Asks Flyway's history itself: Flyway is only needed, and loaded,
 * where something is to be changed.
 */
final class Schema {

  /** The newest version under {@code db/}. */
  static final int VERSION = 2;

  /** Of our own, since a program may keep its own tables beside ours with Flyway. */
  static final String HISTORY = "seedance4j_history";

  private Schema() {}

  /**
   * Whether there is something to migrate.
   *
   * @param where names the journal to people
   * @throws IllegalStateException if it was written by a newer version of this library
   */
  static boolean isBehind(Connection connection, String where) throws SQLException {
    int there = version(connection);
    if (there > VERSION) {
      throw new IllegalStateException(
          where
              + " was written by a newer seedance4j: it has schema "
              + there
              + ", and this one knows up to "
              + VERSION
              + "; nothing was changed; use the newer one, or a backup from before");
    }
    return there < VERSION;
  }

  /** 0 where there is none yet. */
  private static int version(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), schema, HISTORY, new String[] {"TABLE"})) {
      if (!tables.next()) {
        return 0;
      }
    }
    int newest = 0;
    try (Statement statement = connection.createStatement();
        ResultSet versions =
            statement.executeQuery("SELECT version FROM " + HISTORY + " WHERE success")) {
      while (versions.next()) {
        String version = versions.getString(1);
        newest = version == null ? newest : Math.max(newest, Integer.parseInt(version));
      }
    }
    return newest;
  }

  /**
   * Brings the tables up to this version.
   *
   * @param folder where its migrations lie on the class path
   */
  static void migrate(DataSource source, String folder, String where) {
    try {
      Migrations.run(source, folder, where);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          where
              + " needs its tables made or changed, which takes Flyway: add"
              + " org.flywaydb:flyway-core"
              + (folder.endsWith("postgres") ? " and org.flywaydb:flyway-database-postgresql" : "")
              + " to the program",
          e);
    }
  }
}
