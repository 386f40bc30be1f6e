package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every version of the tables that ever landed is brought up to the newest, with all that was in
 * it. A version lands with a sample: {@code journals/vN.sql}, what a journal of that version held,
 * and {@code journals/vN.txt}, what the journal tells of that.
 */
class UpgradeTest {

  private static final Path SAMPLES = Path.of("src", "test", "resources", "journals");
  private static final Path WRITTEN = Path.of("target", "journals");

  @TempDir private Path directory;

  static IntStream versions() {
    return IntStream.rangeClosed(1, Schema.VERSION);
  }

  static Stream<Arguments> landed() {
    return versions()
        .boxed()
        .flatMap(version -> Stream.of(TestDatabase.values()).map(on -> Arguments.of(version, on)));
  }

  @ParameterizedTest(name = "version {0}, {1}")
  @MethodSource("landed")
  void bringsEveryVersionThatLandedUpToTheNewest(int version, TestDatabase database)
      throws IOException, SQLException {
    Path sample = SAMPLES.resolve("v" + version + ".sql");
    assertThat(sample).as("what a journal of version %s held", version).isRegularFile();
    String url = database.empty(directory);
    database.migrate(url, MigrationVersion.fromVersion(version + ""));
    try (Connection connection = TestDatabase.open(url);
        Statement statement = connection.createStatement()) {
      for (String line : Files.readAllLines(sample)) {
        statement.executeUpdate(database.dialect(line));
      }
    }

    try (JdbcJobJournal journal = database.journal(url)) {
      // a later version may know more of a job than this one did
      assertThat(lines(journal))
          .containsSubsequence(Files.readAllLines(SAMPLES.resolve("v" + version + ".txt")));
    }
    try (Connection connection = TestDatabase.open(url)) {
      assertThat(TallyTest.compare(connection, "upgraded")).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasMigrationsWithoutAGapUpToTheNewest(TestDatabase database) throws IOException {
    assertThat(SchemaPageTest.migrations(database).stream().map(SchemaPageTest::version))
        .containsExactlyElementsOf(versions().boxed().toList());
  }

  /** Somebody's journal was made by it: what differs goes into the next one. */
  @Test
  void neverChangesAMigrationThatLanded() throws Exception {
    List<String> there = new ArrayList<>();
    for (TestDatabase database : TestDatabase.values()) {
      for (Path migration : SchemaPageTest.migrations(database)) {
        byte[] text = Files.readAllBytes(migration);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
        String name = database.folder + "/" + migration.getFileName();
        there.add(HexFormat.of().formatHex(digest) + "  " + name);
      }
    }
    assertThat(there).isEqualTo(Files.readAllLines(SAMPLES.resolve("landed.txt")));
  }

  /** The newest version's sample is what the newest version writes. */
  @Test
  void keepsASampleOfTheNewestVersion() throws IOException, SQLException {
    String url = TestDatabase.SQLITE.migrated(directory);
    List<String> statements;
    List<String> contents;
    try (JdbcJobJournal journal = TestDatabase.SQLITE.journal(url);
        Connection connection = TestDatabase.open(url)) {
      JournalSamples.fill(journal);
      statements = JournalSamples.statements(connection);
      contents = lines(journal);
    }
    String name = "v" + Schema.VERSION;
    if (!holds(name + ".sql", statements) || !holds(name + ".txt", contents)) {
      Files.createDirectories(WRITTEN);
      Files.write(WRITTEN.resolve(name + ".sql"), statements);
      Files.write(WRITTEN.resolve(name + ".txt"), contents);
      fail(
          "%s holds no sample of version %s, or another one; it is in %s now: compare, and keep it"
              + " if journals of the sample that was there can still be read",
          SAMPLES, Schema.VERSION, WRITTEN);
    }
  }

  private static boolean holds(String name, List<String> lines) throws IOException {
    Path file = SAMPLES.resolve(name);
    return Files.isRegularFile(file) && Files.readAllLines(file).equals(lines);
  }

  /** All that a journal tells, a line each. */
  private static List<String> lines(JdbcJobJournal journal) {
    Stream<String> jobs = journal.list(JobQuery.all()).stream().flatMap(UpgradeTest::lines);
    Stream<String> keys =
        Stream.concat(
                journal.accessKeys().all().stream(),
                journal.accessKeys().findByDigest(JournalSamples.DIGEST).stream())
            .map(
                key ->
                    key.id()
                        + Stream.of(
                                key.tenant(),
                                key.role(),
                                key.requestsPerMinute(),
                                key.extraFields().stream().sorted().toList(),
                                key.createdAt(),
                                key.revoked())
                            .map(part -> " " + part)
                            .collect(Collectors.joining()));
    Stream<String> answers = JournalSamples.answers(journal.replays()).stream();
    return Stream.of(jobs, keys, answers).flatMap(lines -> lines).toList();
  }

  /** All that a job says of itself, a line each. */
  private static Stream<String> lines(Job job) {
    return Arrays.stream(Job.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> !List.of("change", "hashCode", "toString").contains(method.getName()))
        .sorted(Comparator.comparing(Method::getName))
        .map(method -> job.id() + " " + method.getName() + ": " + said(job, method));
  }

  private static String said(Job job, Method method) {
    try {
      Object value = method.invoke(job);
      Object inside = value instanceof Optional<?> some ? some.orElse(null) : value;
      boolean draft = method.getName().equals("draft");
      String text = draft ? job.draft().toMap().toString() : String.valueOf(inside);
      return text.replace("\n", "\\n");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
