package io.github.seedance4j.adapter.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
          where
              + " can't be given its tables; it needs a file or a schema of its own: "
              + String.valueOf(e.getMessage()).strip(),
          e);
    }
  }
}
