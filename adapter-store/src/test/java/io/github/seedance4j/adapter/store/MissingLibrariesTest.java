package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers, pool and Flyway are optional: whoever lacks one that is needed is told its name. */
class MissingLibrariesTest {

  @TempDir Path directory;

  @Test
  void opensAJournalThatHasItsTablesWithoutFlyway() throws Exception {
    Path file = directory.resolve("journal.db");
    JdbcJobJournal.sqlite(file).close();

    try (URLClassLoader program = programWithout("flyway", "HikariCP", "postgresql")) {
      AutoCloseable journal = (AutoCloseable) sqlite(program, file);
      journal.close();
    }
  }

  @Test
  void namesFlywayWhereTablesAreToBeMade() throws Exception {
    try (URLClassLoader program = programWithout("flyway")) {
      assertThatThrownBy(() -> sqlite(program, directory.resolve("new.db")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith(
              "needs its tables made or changed, which takes Flyway: add org.flywaydb:flyway-core to"
                  + " the program");
    }
  }

  @Test
  void namesTheDriverOfAFile() throws Exception {
    try (URLClassLoader program = programWithout("sqlite-jdbc")) {
      assertThatThrownBy(() -> sqlite(program, directory.resolve("new.db")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "a journal in a file needs the driver of SQLite: add org.xerial:sqlite-jdbc to the"
                  + " program");
      assertThat(directory.resolve("new.db")).doesNotExist();
    }
  }

  @Test
  void namesPoolAndDriverOfPostgres() throws Exception {
    for (String missing : List.of("HikariCP", "postgresql-")) {
      try (URLClassLoader program = programWithout(missing)) {
        assertThatThrownBy(() -> postgres(program, "jdbc:postgresql://127.0.0.1:1/none"))
            .as(missing)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "a journal in PostgreSQL needs a pool and the driver: add com.zaxxer:HikariCP and"
                    + " org.postgresql:postgresql to the program, or give it a DataSource");
      }
    }
  }

  /** This program's own class path, but for the jars whose names begin like that. */
  private static URLClassLoader programWithout(String... jars) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (List.of(jars).stream().noneMatch(jar -> file.getName().startsWith(jar))) {
        urls.add(file.toURI().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static Object sqlite(ClassLoader program, Path file) throws Exception {
    return call(program, "sqlite", new Class<?>[] {Path.class}, file);
  }

  private static Object postgres(ClassLoader program, String url) throws Exception {
    Class<?>[] types = {String.class, String.class, String.class};
    return call(program, "postgres", types, url, "user", "password");
  }

  private static Object call(
      ClassLoader program, String method, Class<?>[] types, Object... arguments) throws Exception {
    try {
      return program
          .loadClass(JdbcJobJournal.class.getName())
          .getMethod(method, types)
          .invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }
}
