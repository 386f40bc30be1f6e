package io.github.seedance4j.adapter.store;

/** Whether the optional libraries that a journal needs are there; asked before anything is made. */
final class Drivers {

  private Drivers() {}

  /**
   * @throws IllegalStateException naming what to add
   */
  static void requireSqlite() {
    require(
        "a journal in a file needs the driver of SQLite: add org.xerial:sqlite-jdbc to the program",
        "org.sqlite.JDBC");
  }

  /**
   * @throws IllegalStateException naming what to add
   */
  static void requirePostgresAndPool() {
    require(
        "a journal in PostgreSQL needs a pool and the driver: add com.zaxxer:HikariCP and"
            + " org.postgresql:postgresql to the program, or give it a DataSource",
        "org.postgresql.Driver",
        "com.zaxxer.hikari.HikariDataSource");
  }

  private static void require(String message, String... classes) {
    for (String name : classes) {
      try {
        Class.forName(name, false, Drivers.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(message, e);
      }
    }
  }
}
