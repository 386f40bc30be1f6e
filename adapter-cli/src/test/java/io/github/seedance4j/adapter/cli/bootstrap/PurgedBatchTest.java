package io.github.seedance4j.adapter.cli.bootstrap;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of clips that were made, and purged since: never paid for again, nor said to be there. */
class PurgedBatchTest {

  private static final String CAT = "{\"id\":\"cat\",\"model\":\"fast\",\"prompt\":\"a cat\"}\n";
  private static final String DOG = "{\"id\":\"dog\",\"model\":\"fast\",\"prompt\":\"a dog\"}\n";

  @TempDir Path directory;

  private final FakeTokenHub hub = FakeTokenHub.start();

  @BeforeEach
  void purgesTheCatOfAMonthAgo() throws IOException {
    Files.writeString(directory.resolve("shots.jsonl"), CAT);
    assertThat(batch(cli(), "--budget", "5.00").exit()).isZero();
    assertThat(later().run("purge", "--older-than", "30d", "--yes").exit()).isZero();
    Files.writeString(directory.resolve("shots.jsonl"), CAT + DOG);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private CommandRun cli() {
    return CommandRun.in(directory).against(hub);
  }

  private CommandRun later() {
    return cli().later(Duration.ofDays(31));
  }

  private static CommandRun.Result batch(CommandRun cli, String... more) {
    return cli.run(
        Stream.concat(Stream.of("batch", "shots.jsonl", "--out-dir", "out"), Arrays.stream(more))
            .toArray(String[]::new));
  }

  private List<String> results() throws IOException {
    return Files.readAllLines(directory.resolve("out/results.jsonl"));
  }

  @Test
  void saysThatItIsPurgedAndDoesNotPayAgain() throws IOException {
    CommandRun.Result run = batch(later(), "--budget", "5.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(hub.ledger()).chargedTimes(2);
    assertThat(results().get(0))
        .contains("\"id\":\"cat\",\"take\":1,\"end\":\"purged\"")
        .doesNotContain("\"file\"", "\"missing\"", "\"error\"");
    assertThat(results().get(1)).contains("\"end\":\"stored\"");
    assertThat(run.err())
        .contains(
            "1 of 2 stored in out, 1 purged; 1.62 USD spent.",
            "purged after they were made, and not made again: cat; a new id makes one again")
        .contains("[2/2] dog: out/dog.mp4");
  }

  @Test
  void saysSoWhereNothingIsLeftToDo() throws IOException {
    Files.writeString(directory.resolve("shots.jsonl"), CAT);

    CommandRun.Result run = batch(later(), "--budget", "5.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("0 of 1 stored, 1 purged; 0.81 USD spent.");
  }

  @Test
  void forecastsNoClipForIt() {
    assertThat(batch(later(), "--dry-run").out())
        .containsPattern("1\tcat\t[^\t]+\tpurged, job-")
        .contains("2\tdog\t");
    assertThat(batch(later(), "--dry-run", "--json").out().lines().findFirst().orElseThrow())
        .contains("\"state\":\"stored\",\"purged\":true");
  }

  @Test
  void refusesItsIdForAnotherRequest() throws IOException {
    Files.writeString(directory.resolve("shots.jsonl"), CAT.replace("a cat", "a tiger"));

    CommandRun.Result run = batch(later(), "--budget", "5.00");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .containsPattern(
            "line 1: \\[id-used] id: 'cat' was used for another request before, job-\\w+ \\(purged\\);"
                + " give this one another id");
    assertThat(hub.ledger()).chargedTimes(1);
  }

  @Test
  void makesItAgainUnderANewId() throws IOException {
    Files.writeString(directory.resolve("shots.jsonl"), CAT.replace("cat\",", "cat-2\","));

    assertThat(batch(later(), "--budget", "5.00").exit()).isZero();
    assertThat(hub.ledger()).chargedTimes(2);
    assertThat(directory.resolve("out/cat-2.mp4")).exists();
  }
}
