package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.task.ProviderFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was spent, by day, label and model. */
class SpentTest {

  private static final Instant MONDAY = Instant.parse("2026-11-02T23:59:59Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-03T00:00:00Z");

  @TempDir Path directory;

  @BeforeEach
  void someJobs() throws IOException {
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      Duration took = Duration.ofMinutes(2);
      jobs.stored(ExampleJobs.draft("a").build(), "acme", MONDAY, took, "a.mp4");
      jobs.failed(
          ExampleJobs.draft("b").build(),
          "",
          TUESDAY,
          took,
          new ProviderFault(ProviderFault.Kind.OTHER, null, null, null));
      jobs.intended(ExampleJobs.draft("c").build(), "=1+2\",\"x", TUESDAY.plusSeconds(1));
    }
  }

  private CommandRun.Result run(String... args) {
    CommandRun.Result run = CommandRun.in(directory).run(args);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  @Test
  void tellsItByDayInATableThatFits() {
    assertThat(run("usage").out())
        .isEqualTo(
            """
            DAY                JOBS CLIPS  COMPUTED UNCONFIRMED  LOOKED UP    HELD TOTAL USD
            2026-11-02            1     1      1.01        0.00       0.00    0.00      1.01
            2026-11-03            2     0      0.00        1.01       0.00    1.01      2.02
            total                 3     1      1.01        1.01       0.00    1.01      3.03
            """);
  }

  @Test
  void writesExactFiguresThatASpreadsheetTakesForNoFormula() {
    assertThat(run("usage", "--by", "label", "--csv").out())
        .isEqualTo(
            "label,jobs,clips,computed,unconfirmed,stated,held,total,currency\r\n"
                + ",1,0,0.00,1.008334,0.00,0.00,1.008334,USD\r\n"
                + "\"'=1+2\"\",\"\"x\",1,0,0.00,0.00,0.00,1.008334,1.008334,USD\r\n"
                + "acme,1,1,1.008334,0.00,0.00,0.00,1.008334,USD\r\n");
  }

  @Test
  void tellsProgramsWithATotalOfItsOwnKind() {
    assertThat(run("usage", "--by", "model", "--json").out().lines())
        .containsExactly(
            "{\"kind\":\"model\",\"model\":\"doubao-seedance-2.0\",\"jobs\":3,\"clips\":1,"
                + "\"computed\":\"1.008334\",\"unconfirmed\":\"1.008334\",\"stated\":\"0.00\","
                + "\"held\":\"1.008334\",\"total\":\"3.025002\",\"currency\":\"USD\"}",
            "{\"kind\":\"total\",\"jobs\":3,\"clips\":1,\"computed\":\"1.008334\","
                + "\"unconfirmed\":\"1.008334\",\"stated\":\"0.00\",\"held\":\"1.008334\","
                + "\"total\":\"3.025002\",\"currency\":\"USD\"}");
  }

  @Test
  void countsFromADayOn() {
    assertThat(run("usage", "--since", "2026-11-03").out())
        .contains("2026-11-03")
        .doesNotContain("2026-11-02");
    assertThat(run("usage", "--label", "acme").out()).doesNotContain("2026-11-03");
    assertThat(run("usage", "--label", "nobody").err()).contains("No jobs like that.");
    assertThat(run("usage", "--label", "nobody", "--csv").out().lines()).hasSize(1);
  }

  @Test
  void refusesWhatIsNoTime() {
    CommandRun.Result run = CommandRun.in(directory).run("usage", "--since", "2026-13-01");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("'2026-13-01' is no age such as 12h, 30d or 8w, and no day such as 2026-11-01");
    assertThat(CommandRun.in(directory).run("usage", "--csv", "--json").err())
        .contains("--csv and --json contradict each other");
  }
}
