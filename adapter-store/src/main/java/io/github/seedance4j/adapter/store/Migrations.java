package io.github.seedance4j.adapter.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/** The one class that knows Flyway, which may be missing. */
final class Migrations {

  private Migrations() {}

  static void run(DataSource source, String folder, String where) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:" + folder)
          .table(Schema.HISTORY)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new IllegalStateException(
          where + " can't be given its tables; it needs a file or a schema of its own: " + why(e),
          e);
    }
  }

  /** What it says of somebody else's tables ends in advice to take them for ours. */
  private static String why(FlywayException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE
        ? "there are other tables in it"
        : message;
  }
}
