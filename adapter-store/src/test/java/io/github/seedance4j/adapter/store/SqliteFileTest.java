package io.github.seedance4j.adapter.store;

import static io.github.seedance4j.adapter.store.Jobs.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Job;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a journal may lie, who may read it, and which settings are refused. */
class SqliteFileTest {

  private static final JournalOptions IMPATIENT =
      JournalOptions.defaults().patience(Duration.ofMillis(20));

  @TempDir Path directory;

  @Test
  void keepsAllItsFilesToTheirOwner() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "modes of files are tried on POSIX systems");
    Path own = directory.resolve("state/of/mine");
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(own.resolve("journal.db"))) {
      journal.claim(Jobs.lease("us"), Jobs.ACCOUNT, 1);
      journal.admit(holding("1.00"), List.of(), "us");
      journal.backup(own.resolve("copy.db"));

      Map<String, String> modes = new TreeMap<>();
      try (Stream<Path> files = Files.walk(directory.resolve("state"))) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          modes.put(
              name.matches("[0-9a-f]{32}") ? "owner" : name,
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
      }
      modes.remove("journal.db-migrating"); // empty
      assertThat(modes)
          .containsEntry("state", "rwx------")
          .containsEntry("of", "rwx------")
          .containsEntry("mine", "rwx------")
          .containsEntry("journal.db", "rw-------")
          .containsEntry("journal.db-wal", "rw-------")
          .containsEntry("journal.db-shm", "rw-------")
          .containsEntry("journal.db-owners", "rwx------")
          .containsEntry("owner", "rw-------")
          .containsEntry("copy.db", "rw-------")
          .hasSize(9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.db", "who?mode=memory", "50%25#1.db", "jöurnal;x=1&y.db", "':db'"})
  void takesAnyNameForAFile(String name) {
    Path file = directory.resolve(name);
    Job job = holding("1.00");
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
      journal.admit(job, List.of(), "us");
    }
    assertThat(file).isNotEmptyFile();
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
      assertThat(journal.find(job.id())).contains(job);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":memory:", "file::memory:?cache=shared"})
  void refusesToForgetEverythingWithTheProcess(String name) {
    assertThatThrownBy(() -> JdbcJobJournal.sqlite(Path.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a journal has to outlive the process: name a file");
  }

  @Test
  void refusesADirectory() {
    assertThatThrownBy(() -> JdbcJobJournal.sqlite(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file: " + directory + " is a directory; name a file in it");
  }

  @ParameterizedTest
  @CsvSource({
    "journal_mode = DELETE, journal_mode delete and not WAL; put it on a local disk",
    "journal_mode = MEMORY, journal_mode memory and not WAL; put it on a local disk",
    "synchronous = NORMAL, 'synchronous is 1 and has to be FULL (2), or a power cut loses'",
    "synchronous = OFF, 'synchronous is 0 and has to be FULL (2), or a power cut loses'",
    "locking_mode = EXCLUSIVE, locking_mode is exclusive and shuts other processes out",
    "query_only = ON, it is opened for reading only",
    "foreign_keys = OFF, lacks foreign_keys or secure_delete",
    "secure_delete = OFF, lacks foreign_keys or secure_delete",
  })
  void refusesAConnectionThatMayForgetOrShutsOthersOut(String pragma, String why)
      throws SQLException {
    Path path = directory.resolve("journal.db");
    SqliteFile file = SqliteFile.at(path, 0);
    try (Connection connection = file.connect()) {
      SqliteFile.check(connection, path); // is safe until then
      execute(connection, "PRAGMA " + pragma);

      assertThatThrownBy(() -> SqliteFile.check(connection, path))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the journal " + path + " is refused: ")
          .hasMessageContaining(why);
    }
  }

  @Test
  void refusesAFileThatAnotherProgramKeepsOutOfWal() throws SQLException {
    Path file = directory.resolve("journal.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(other, "CREATE TABLE theirs (x)");
      execute(other, "BEGIN EXCLUSIVE");

      assertThatThrownBy(() -> JdbcJobJournal.sqlite(file, IMPATIENT))
          .isInstanceOf(RetryLaterException.class)
          .hasMessageContaining("is locked by another program");
    }
  }

  @Test
  void refusesAFileThatIsNoJournal() throws IOException {
    Path file = directory.resolve("journal.db");
    Files.writeString(file, "a text of some length, which is not a database of SQLite ".repeat(99));

    assertThatThrownBy(() -> JdbcJobJournal.sqlite(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is damaged, or no journal: restore it from a backup");
    assertThat(file).content().startsWith("a text of some length");
  }

  @Test
  void leavesSomebodyElsesTablesAlone() throws SQLException {
    Path file = directory.resolve("theirs.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(other, "CREATE TABLE theirs (x)");
    }

    assertThatThrownBy(() -> JdbcJobJournal.sqlite(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "it needs a file or a schema of its own: there are other tables in it");
  }

  @Test
  void saysThatAJournalWasWrittenByANewerVersionAndChangesNothing() throws Exception {
    Path file = directory.resolve("journal.db");
    JdbcJobJournal.sqlite(file).close();
    try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(
          newer,
          "INSERT INTO seedance4j_history SELECT 99, '12', description, type, script, checksum,"
              + " installed_by, installed_on, execution_time, success FROM seedance4j_history"
              + " WHERE installed_rank = 1");
    }
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> JdbcJobJournal.sqlite(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the journal "
                + file.toRealPath()
                + " was written by a newer seedance4j: it has schema 12, and this one knows up to "
                + Schema.VERSION
                + "; nothing was changed; use the newer one, or a backup from before");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void knowsTheNewestMigration() throws Exception {
    for (String folder : List.of("sqlite", "postgres")) {
      Path migrations = Path.of(JdbcJobJournal.class.getResource("/db/" + folder).toURI());
      try (Stream<Path> files = Files.list(migrations)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .as(folder)
            .allMatch(name -> name.matches("V[0-9]+__[a-z_]+\\.sql"))
            .extracting(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
            .hasSize(Schema.VERSION)
            .contains(Schema.VERSION);
      }
    }
  }

  @Test
  void saysThatAFileCanOnlyBeRead() throws Exception {
    Path file = directory.resolve("journal.db");
    JdbcJobJournal.sqlite(file).close();
    Properties readOnly = new Properties();
    readOnly.setProperty("open_mode", "1");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, readOnly)) {
      assertThatThrownBy(() -> execute(connection, "UPDATE journal SET one = 1"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(SqliteFailures.of(file, e))
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessage(
                          "the journal "
                              + file
                              + " can't be written: the file or its directory is read-only"));
    }
  }

  @Test
  void refusesAFileThatItMayNotWrite() throws Exception {
    Path file = directory.resolve("journal.db");
    JdbcJobJournal.sqlite(file).close();
    Assumptions.assumeTrue(file.toFile().setReadOnly() && !Files.isWritable(file), "root may all");

    assertThatThrownBy(() -> JdbcJobJournal.sqlite(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("can't be written: the file or its directory is read-only");
  }

  @Test
  void purgesFromTheFileWhatIsReplaced() throws Exception {
    Path file = directory.resolve("journal.db");
    Job job = Jobs.intended().note("a word that is nowhere else: quixotry").done();
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
      journal.admit(job, List.of(), "us");
      journal.replace(job.change().purge().done());
    }

    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      byte[] all = new byte[(int) bytes.length()];
      bytes.readFully(all);
      assertThat(new String(all, StandardCharsets.ISO_8859_1))
          .contains("purged")
          .doesNotContain("quixotry");
    }
    assertThat(directory.resolve("journal.db-wal")).doesNotExist();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
