package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command does not pay for that it does not need. */
class LightStartTest {

  @TempDir Path directory;

  @Test
  void quotesWithoutLoadingADatabaseOrJavasLogging() throws Exception {
    assertThat(loaded("quote", "hello", "--json"))
        .contains("io.github.seedance4j.adapter.cli.generate.QuoteCommand")
        .doesNotContain("org.sqlite.", "org.flywaydb.", "adapter.store.", "java.util.logging.");
  }

  @Test
  void loadsTheDatabaseWhereAJournalIsOpened() throws Exception {
    assertThat(loaded("budget", "--set", "1", "--per", "day"))
        .contains("org.sqlite.", "org.flywaydb.", "adapter.store.")
        .doesNotContain("java.util.logging.ConsoleHandler");
  }

  private String loaded(String... args) throws Exception {
    Path classes = directory.resolve("classes");
    try (CommandProcess run =
        CommandProcess.start(
            directory, "", List.of("-Xlog:class+load:file=" + classes.getFileName()), args)) {
      assertThat(run.awaitExit()).as(run.said()).isZero();
    }
    return Files.readString(classes);
  }
}
