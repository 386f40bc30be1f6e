package io.github.seedance4j.adapter.cli.bootstrap;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch from file to clips; the fake's ledger says what was paid. */
class BatchTest {

  @TempDir Path directory;

  private final FakeTokenHub hub = FakeTokenHub.start();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void storesAClipForEachLineAndSaysSoInResults() throws IOException {
    lines(shot("cat"), shot("dog"), "{\"model\":\"fast\",\"prompt\":\"a bird at dawn\"}");

    CommandRun.Result run = batch("--budget", "5.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(clips()).containsExactly("003-bird-dawn.mp4", "cat.mp4", "dog.mp4");
    assertThat(hub.ledger()).chargedTimes(3).hasTotal("2.40");
    assertThat(results()).hasSize(3);
    assertThat(results().get(0))
        .startsWith("{\"line\":1,\"id\":\"cat\",\"take\":1,\"end\":\"stored\",\"task\":\"")
        .contains(
            "\"state\":\"stored\"",
            "\"quote\":{\"low\":\"0.80\",\"high\":\"0.80\",\"currency\":\"USD\"}",
            "\"file\":\"" + directory.resolve("out/cat.mp4") + "\"",
            "\"seconds\":5.042",
            "\"sha256\":\"");
    assertThat(run.err()).contains("3 of 3 stored in out; 2.43 USD spent.");
    assertThat(run.out()).isEqualTo("out/results.jsonl\n");
  }

  @Test
  void saysThatClipsAreElsewhereWhereAnEarlierRunPutThem() throws IOException {
    lines(shot("cat"), shot("dog"));
    batch("--budget", "5.00");

    CommandRun.Result run =
        CommandRun.in(directory)
            .against(hub)
            .run("batch", "shots.jsonl", "--out-dir", "other", "--budget", "5.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("2 of 2 stored, 2 of them before, elsewhere than in other; 1.62 USD spent.");
  }

  @Test
  void paysNothingMoreWhenRunTwice() throws IOException {
    lines(
        shot("cat"),
        "{\"model\":\"fast\",\"prompt\":\"x\"}",
        "{\"model\":\"fast\",\"prompt\":\"x\"}");
    assertThat(batch("--budget", "5.00").exit()).isZero();
    List<String> before = results();

    // lines may be added before the others, the file may be called otherwise
    lines(
        shot("dog"),
        "{\"prompt\":\"x\",\"model\":\"fast\"}",
        shot("cat"),
        "{\"model\":\"fast\",\"prompt\":\"x\"}");
    Files.move(directory.resolve("shots.jsonl"), directory.resolve("renamed.jsonl"));
    CommandRun.Result run = run("renamed.jsonl", "--out-dir", "out", "--budget", "5.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("4 clips; 3 of them begun or done before; to send: 1, 0.80 USD.");
    assertThat(hub.ledger()).chargedTimes(4);
    assertThat(results()).hasSize(4).anyMatch(line -> before.get(0).endsWith(line.substring(9)));
  }

  @Test
  void sendsNothingMoreAfterAnUnknownOutcomeOfItsOwn() throws IOException {
    lines(shot("a"), shot("b"), shot("c"), shot("d"));
    hub.onPrompt("shows b").chargedThenReset();

    CommandRun.Result first = batch("--budget", "9.00", "-c", "1");

    assertThat(first.exit()).isEqualTo(7);
    assertThat(hub.ledger()).chargedTimes(2);
    assertThat(first.err())
        .contains(
            "1 of 4 stored",
            "  b: outcome unknown: the connection broke before an answer came\n",
            "not run, lines 3–4: after the unknown outcome",
            "seedance show job-",
            "To go on, without paying again: seedance batch shots.jsonl --out-dir out --budget 9.00");

    CommandRun.Result second = batch("--budget", "9.00", "-c", "1");

    assertThat(second.exit()).isEqualTo(7);
    assertThat(second.err()).contains("3 of 4 stored", "  b: outcome unknown: ");
    assertThat(hub.ledger()).chargedTimes(4);
  }

  @Test
  void keepsGoingAfterUnknownOutcomesIfToldTo() throws IOException {
    lines(shot("a"), shot("b"), shot("c"), shot("d"));
    hub.onPrompt("shows b").chargedThenReset();

    CommandRun.Result run = batch("--budget", "9.00", "-c", "1", "--keep-going");

    assertThat(run.exit()).isEqualTo(7);
    assertThat(run.err()).contains("3 of 4 stored");
    assertThat(hub.ledger()).chargedTimes(4);
  }

  @Test
  void stopsWhenTheAccountHasNoCreditAndGoesOnOnceItHas() throws IOException {
    lines(shot("a"), shot("b"), shot("c"));
    hub.onPrompt("shows b").noBalance();

    CommandRun.Result first = batch("--budget", "9.00", "-c", "1", "--keep-going");

    assertThat(first.exit()).isEqualTo(4);
    assertThat(first.err()).contains("not run, line 3: the account has no credit");
    assertThat(hub.ledger()).chargedTimes(1);

    hub.clearFaults();
    CommandRun.Result second = batch("--budget", "9.00", "-c", "1");

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(hub.ledger()).chargedTimes(3);
  }

  @Test
  void spendsNoMoreThanTheBudgetOverAllRuns() throws IOException {
    lines(shot("a"), shot("b"), shot("c"), shot("d"), cheap("e"));

    CommandRun.Result first = batch("--budget", "2.05", "-c", "1");

    assertThat(first.exit()).isEqualTo(8);
    assertThat(first.err())
        .contains(
            "these may need 3.64 USD, more than --budget 2.05: not all may be made",
            "3 of 5 stored",
            "over budget, lines 3–4: it holds 0.81 USD, and the budget of 2.05 USD for batch:shots");
    assertThat(clips()).containsExactly("a.mp4", "b.mp4", "e.mp4");

    CommandRun.Result second = batch("--budget", "2.05", "-c", "1");

    assertThat(second.exit()).isEqualTo(8);
    assertThat(hub.ledger()).chargedTimes(3);

    CommandRun.Result third = batch("--budget", "9.00");

    assertThat(third.exit()).as(third.err()).isZero();
    assertThat(hub.ledger()).chargedTimes(5);
  }

  @Test
  void countsWhatItSpentBeforeTheFileWasCalledOtherwise() throws IOException {
    lines(shot("a"), shot("b"), shot("c"), shot("d"));
    assertThat(batch("--budget", "2.00").exit()).isEqualTo(8);
    assertThat(hub.ledger()).chargedTimes(2);

    Files.move(directory.resolve("shots.jsonl"), directory.resolve("renamed.jsonl"));
    CommandRun.Result again = run("renamed.jsonl", "--out-dir", "out", "--budget", "2.00");

    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.err()).contains("of --budget 2.00 went into these clips under another label");
    assertThat(hub.ledger()).chargedTimes(2);
  }

  @Test
  void paysNoThirdTimeForWhatWasToBeSentAgainByHandAndNeverLeft() throws IOException {
    lines(shot("a"));
    hub.onPrompt("shows a").chargedThenReset();
    Path journal = directory.resolve("kept.db");
    String[] kept = {"--budget", "9.00", "--journal", journal.toString()};
    assertThat(batch(kept).exit()).isEqualTo(7);
    hub.clearFaults();
    try (JdbcJobJournal jobs = JdbcJobJournal.sqlite(journal)) {
      Job unknown = jobs.list(JobQuery.all()).get(0);
      Instant longAgo = unknown.createdAt().minus(Duration.ofHours(1));
      Job again =
          unknown
              .change()
              .state(JobState.NOT_SENT, longAgo)
              .authorisations(2)
              .authorisedAt(longAgo)
              .dueAt(longAgo)
              .done();
      assertThat(jobs.replace(again)).isEqualTo(JobJournal.Replaced.DONE);
    }

    CommandRun.Result run = batch(kept);

    assertThat(run.exit()).as(run.err()).isEqualTo(5);
    assertThat(hub.ledger()).chargedTimes(1);
  }

  @Test
  void refusesToBeginWithoutABudgetAndSaysWhatItMayCost() throws IOException {
    lines(shot("a"), shot("b"));

    CommandRun.Result run = batch();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("the whole file may cost 1.60 USD", "--budget 1.62");
    assertThat(hub.requests().createsBegun()).isZero();
  }

  @Test
  void makesEachLineAsOftenAsWanted() throws IOException {
    lines(shot("cat"), "{\"model\":\"fast\",\"prompt\":\"a bird\"}");

    CommandRun.Result run = batch("--budget", "9.00", "--takes", "2");
    CommandRun.Result again = batch("--budget", "9.00", "--takes", "3");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(hub.ledger()).chargedTimes(6);
    assertThat(clips())
        .containsExactly(
            "002-bird-1.mp4",
            "002-bird-2.mp4",
            "002-bird-3.mp4",
            "cat-1.mp4",
            "cat-2.mp4",
            "cat-3.mp4");
  }

  @Test
  void sendsNothingOnADryRunAndNeedsNoKey() throws IOException {
    lines(shot("a"), shot("b"));
    hub.onPrompt("shows b").with(new TaskFault.NeverEnds());
    batch("--budget", "9.00", "-c", "1", "--timeout", "1s");

    CommandRun.Result dry =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", hub.baseUrl().toString())
            .run("batch", "shots.jsonl", "--dry-run", "--takes", "2");

    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("1\ta #1\t0.80 USD\tstored, job-.*"),
            line -> assertThat(line).isEqualTo("1\ta #2\t0.80 USD\tto send"),
            line -> assertThat(line).matches("2\tb #1\t0.80 USD\trunning, job-.*"),
            line -> assertThat(line).isEqualTo("2\tb #2\t0.80 USD\tto send"));
    assertThat(dry.err()).contains("2 begun or done before; 2 to send: 1.60 USD.", "--budget 3.23");
    assertThat(hub.ledger()).chargedTimes(2);
  }

  @Test
  void triesAgainWhatWasNeverChargedAndRepeatsWhatFailedOnlyIfToldTo() throws IOException {
    lines(shot("refused"), shot("failing"), shot("fine"));
    hub.onPrompt("shows refused").inputModeration();
    hub.onPrompt("shows failing").outputModeration();

    CommandRun.Result first = batch("--budget", "9.00");

    assertThat(first.exit()).isEqualTo(5);
    assertThat(first.err())
        .contains("  failing: failed: ", "  refused: refused: ", "--retry-failed");

    hub.clearFaults();
    CommandRun.Result second = batch("--budget", "9.00");

    assertThat(second.exit()).isEqualTo(5);
    assertThat(second.err()).contains("2 of 3 stored");
    assertThat(hub.ledger()).chargedTimes(3);

    CommandRun.Result third = batch("--budget", "9.00", "--retry-failed");

    assertThat(third.exit()).as(third.err()).isZero();
    assertThat(clips()).containsExactly("failing.mp4", "fine.mp4", "refused.mp4");
    assertThat(hub.ledger()).chargedTimes(4);
  }

  @Test
  void takesUpWhatIsStillRunning() throws IOException {
    lines(shot("a"), shot("b"));
    hub.onPrompt("shows b").with(new TaskFault.NeverEnds());

    CommandRun.Result first = batch("--budget", "9.00", "--timeout", "1s");

    assertThat(first.exit()).isEqualTo(6);
    assertThat(first.err()).contains("still running, line 2: it goes on at the provider");
    assertThat(results().get(1)).contains("\"end\":\"still-running\"", "\"state\":\"running\"");

    // it is asked for again, and never sent again
    CommandRun.Result second = batch("--budget", "9.00", "--timeout", "1s");
    assertThat(second.exit()).isEqualTo(6);
    assertThat(hub.ledger()).chargedTimes(2);
  }

  @Test
  void doesNotLetAnIdStandForAnotherRequest() throws IOException {
    lines(shot("a"));
    assertThat(batch("--budget", "9.00").exit()).isZero();

    lines(shot("b"), "{\"id\":\"a\",\"model\":\"fast\",\"prompt\":\"something else\"}");
    CommandRun.Result run = batch("--budget", "9.00");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .containsPattern("line 2: \\[id-used] id: 'a' was used for another request before, job-");
    assertThat(hub.ledger()).chargedTimes(1);
  }

  @Test
  void saysWhichStoredClipIsGoneAndPaysForNoneAgain() throws IOException {
    lines(shot("a"), shot("b"));
    assertThat(batch("--budget", "9.00").exit()).isZero();
    Files.delete(directory.resolve("out/b.mp4"));

    CommandRun.Result run = batch("--budget", "9.00", "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("stored before, and not there any more: b");
    assertThat(run.out().lines().toList().get(1)).contains("\"missing\":true");
    assertThat(hub.ledger()).chargedTimes(2);
  }

  @Test
  void writesAnObjectForEachClipAsItEnds() throws IOException {
    lines(shot("a"), shot("b"), shot("c"));
    hub.onPrompt("shows a").chargedThenReset();

    CommandRun.Result run = batch("--budget", "9.00", "-c", "1", "--json");

    assertThat(run.exit()).isEqualTo(7);
    assertThat(run.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"id\":\"a\"", "\"end\":\"outcome-unknown\""),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "{\"line\":2,\"id\":\"b\",\"take\":1,\"end\":\"not-run\",\"task\":null,"
                            + "\"job\":null,\"state\":null,\"quote\":{\"low\":\"0.80\",\"high\":"
                            + "\"0.80\",\"currency\":\"USD\"},\"error\":{\"code\":\"not-run\","
                            + "\"message\":\"after the unknown outcome\",\"next\":[]}}"),
            line -> assertThat(line).contains("\"id\":\"c\"", "\"end\":\"not-run\""));
    assertThat(run.out().lines()).containsExactlyElementsOf(results());
  }

  @Test
  void neverHasMoreUnderWayThanToldTo() throws IOException {
    lines(IntStream.range(0, 12).mapToObj(i -> shot("s" + i)).toArray(String[]::new));
    try (FakeTokenHub slow =
        FakeTokenHub.builder()
            .pace(Pace.of(Duration.ofMillis(150)))
            .clock(SettableClock.running())
            .start()) {
      CommandRun.Result run =
          CommandRun.in(directory)
              .against(slow)
              .run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "99", "-c", "3");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(mostAtOnce(run.err())).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void waitsOutThrottling() throws IOException {
    lines(shot("a"), shot("b"), shot("c"));
    hub.next().throttled(Duration.ofSeconds(1));

    CommandRun.Result run = batch("--budget", "9.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(hub.ledger()).chargedTimes(3);
  }

  @Test
  void costsNothingInTheSandbox() throws IOException {
    lines(shot("a"), shot("b"));

    CommandRun.Result run =
        CommandRun.in(directory).run("batch", "shots.jsonl", "--out-dir", "out", "--sandbox");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("nothing is charged")
        .endsWith("2 of 2 stored in out; would have cost 1.62 USD; nothing was charged.\n");
    assertThat(clips()).containsExactly("a.mp4", "b.mp4");
    assertThat(directory.resolve("state/journal.db")).doesNotExist();
  }

  @Test
  void showsATableOnATerminalAndLeavesTheSumBehind() throws IOException {
    lines(shot("a"), shot("b"));

    CommandRun.Result run =
        CommandRun.in(directory)
            .against(hub)
            .onTerminal()
            .run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "2.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(" under way, ", "\nspent ", " of 2.00 USD", "\033[?7l")
        .contains("[2/2] ")
        .endsWith("2 of 2 stored in out; 1.62 USD spent.\n");
  }

  @Test
  void keepsTheNamesThatAreTakenAlready() throws IOException {
    Files.createDirectories(directory.resolve("out"));
    Files.writeString(directory.resolve("out/a.mp4"), "precious");
    lines(
        shot("a"),
        shot("A"),
        "{\"id\":\"c\",\"out\":\"deep/er\",\"model\":\"fast\",\"prompt\":\"y\"}");

    CommandRun.Result run = batch("--budget", "9.00");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(directory.resolve("out/a.mp4")).hasContent("precious");
    assertThat(clips()).hasSize(3).contains("a.mp4", "a-2.mp4");
    assertThat(directory.resolve("out/deep/er.mp4")).isRegularFile();
  }

  /** How many were sent and had not ended at one time, going by what was said. */
  private static int mostAtOnce(String said) {
    int now = 0;
    int most = 0;
    for (String line : said.lines().toList()) {
      now += line.contains(", task ") ? 1 : line.contains("/12] ") ? -1 : 0;
      most = Math.max(most, now);
    }
    return most;
  }

  private static String shot(String id) {
    return "{\"id\":\"" + id + "\",\"model\":\"fast\",\"prompt\":\"it shows " + id + "\"}";
  }

  private static String cheap(String id) {
    return shot(id).replace("}", ",\"resolution\":\"480p\",\"duration\":4}");
  }

  private void lines(String... lines) throws IOException {
    Files.writeString(directory.resolve("shots.jsonl"), String.join("\n", lines) + "\n");
  }

  private CommandRun.Result batch(String... more) {
    return run(
        "shots.jsonl",
        Stream.concat(Stream.of("--out-dir", "out"), Arrays.stream(more)).toArray(String[]::new));
  }

  private CommandRun.Result run(String file, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "batch";
    args[1] = file;
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.in(directory).against(hub).run(args);
  }

  private List<String> results() throws IOException {
    return Files.readAllLines(directory.resolve("out/results.jsonl"));
  }

  private List<String> clips() throws IOException {
    try (var files = Files.list(directory.resolve("out"))) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith(".mp4"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
