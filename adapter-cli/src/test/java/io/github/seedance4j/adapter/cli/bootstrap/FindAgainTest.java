package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clip is found by what people remember of it. */
class FindAgainTest {

  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration TOOK = Duration.ofMinutes(2);

  @TempDir Path directory;

  /** The newest last. */
  private Job[] jobs(String... names) throws IOException {
    Job[] made = new Job[names.length];
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      for (int i = 0; i < names.length; i++) {
        made[i] =
            jobs.stored(
                ExampleJobs.draft("A red fox, shot " + i).build(),
                i == 0 ? "acme" : "",
                AT.plusSeconds(600L * i),
                TOOK,
                names[i]);
      }
    }
    return made;
  }

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).run(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fox            | 2
          FOX shot       | 2
          'shot 1'       | 1
          acme           | 1
          den            | 1
          acme den       | 1
          fox lighthouse | 0
          mp4            | 2
          """)
  void listsJobsThatHaveTheWords(String words, int found) throws IOException {
    jobs("den.mp4", "clips/roof.mp4");

    String[] said = words.equals("shot 1") ? new String[] {words} : words.split(" ");
    String[] args = new String[said.length + 1];
    args[0] = "jobs";
    System.arraycopy(said, 0, args, 1, said.length);
    CommandRun.Result run = run(args);

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).as(run.out()).hasSize(found == 0 ? 0 : found + 1);
    if (found == 0) {
      assertThat(run.err()).isEqualTo("No jobs like that.\n");
    }
  }

  @Test
  void limitsWhatHasTheWordsAndCountsTheRest() throws IOException {
    jobs("a.mp4", "fox-b.mp4", "c.mp4", "fox-d.mp4", "e.mp4");

    CommandRun.Result run = run("jobs", "fox-", "--limit", "1");
    CommandRun.Result all = run("jobs", "--limit", "2");

    assertThat(run.out().lines()).hasSize(2).last().asString().endsWith("fox-d.mp4");
    assertThat(run.err()).isEqualTo("There is one more: --limit 2\n");
    assertThat(all.err()).isEqualTo("There are 3 more: --limit 5\n");
  }

  @Test
  void showsPromptsWhereTheWindowIsWide() throws IOException {
    jobs("den.mp4", "clips/of/a/deep/directory/with/long/names/roof.mp4");

    CommandRun.Result wide =
        CommandRun.in(directory).onTerminals().set("COLUMNS", "132").run("jobs");
    CommandRun.Result narrow =
        CommandRun.in(directory).onTerminals().set("COLUMNS", "99").run("jobs");
    CommandRun.Result piped = CommandRun.in(directory).set("COLUMNS", "132").run("jobs");

    List<String> lines = wide.out().lines().toList();
    assertThat(lines.get(0)).matches("JOB .* CLIP +PROMPT");
    assertThat(lines.get(1)).endsWith("/names/roof.mp4  A red fox, shot 1");
    assertThat(lines.get(2)).matches(".* den\\.mp4 +A red fox, shot 0");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(133));
    assertThat(narrow.out()).doesNotContain("PROMPT", "fox").contains("…", "/roof.mp4\n");
    assertThat(piped.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(piped.out()).doesNotContain("PROMPT");
  }

  @Test
  void showsWhereClipsAreAsSeenFromHere() throws IOException {
    jobs("clips/roof.mp4");
    Path here = Files.createDirectory(directory.resolve("here"));
    String journal = directory.resolve("state/journal.db").toString();

    assertThat(run("jobs").out()).endsWith(" clips/roof.mp4\n");
    assertThat(
            CommandRun.in(here)
                .onTerminals()
                .set("COLUMNS", "400")
                .run("jobs", "--journal", journal)
                .out())
        .contains(" " + directory.resolve("clips/roof.mp4").toAbsolutePath() + "  A red");
  }

  @ParameterizedTest
  @CsvSource({"roof.mp4", "roof", "clips/roof.mp4", "Roof.MP4"})
  void takesAClipsNameForItsJob(String name) throws IOException {
    Job[] made = jobs("clips/roof.mp4", "den.mp4");

    assertThat(run("show", name).out()).startsWith(made[0].id() + "\n");
    assertThat(run("open", name).out()).isEqualTo("clips/roof.mp4\n");
    assertThat(run("quote", "wild", "--video", "job:" + name).out())
        .contains("input video 5.042 s");
    CommandRun.Result again =
        CommandRun.in(directory)
            .set("TOKENHUB_API_KEY", "th-x")
            .run("again", name, "at night", "--max-cost", "0.01");
    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.err()).contains("As " + made[0].id() + ", but for:\n", "→ at night\n");
  }

  @Test
  void meansTheNewestThatIsThereOfSeveralAndSaysSo() throws IOException {
    Job[] made = jobs("a/roof.mp4", "b/roof.mp4", "c/roof.mp4");
    Files.delete(directory.resolve("c/roof.mp4"));

    CommandRun.Result run = run("show", "roof.mp4");
    CommandRun.Result very = run("show", "a/roof.mp4");
    CommandRun.Result input = run("quote", "x", "--video", "job:roof.mp4");

    assertThat(run.out()).startsWith(made[1].id() + "\n");
    String said =
        "3 clips are called %s: this is of " + made[1].id() + ", the newest that is there\n";
    assertThat(run.err()).startsWith(said.formatted("roof.mp4"));
    assertThat(input.err()).startsWith(said.formatted("roof.mp4"));
    assertThat(very.out()).startsWith(made[0].id() + "\n");
    assertThat(very.err()).doesNotContain("called");
  }

  @Test
  void saysHowToLookForAClipThatNoJobMade() throws IOException {
    jobs("roof.mp4");

    for (String command : new String[] {"show", "open", "again", "download", "wait"}) {
      CommandRun.Result run = run(command, "my/cellar.mp4");

      assertThat(run.exit()).as(command).isEqualTo(2);
      assertThat(run.err())
          .startsWith(
              "error: no job in state/journal.db made my/cellar.mp4; look for it: seedance jobs"
                  + " cellar\n");
    }
    assertThat(run("again").err()).startsWith("error: name the job: seedance again JOB");
  }

  @Test
  void opensTheClipThatCameLast() throws IOException {
    assertThat(run("open").err()).startsWith("error: there is no clip yet in state/journal.db");
    jobs("a.mp4", "b.mp4", "c.mp4");
    Files.delete(directory.resolve("c.mp4"));

    assertThat(run("open", "--print").out()).isEqualTo("b.mp4\n");
  }

  @Test
  void fetchesAClipOnceMoreByItsName() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.in(directory).against(hub).run("generate", "a cat", "-y", "-o", "roof.mp4");
      Files.delete(directory.resolve("roof.mp4"));

      CommandRun.Result run =
          CommandRun.in(directory).against(hub).run("download", "roof.mp4", "-o", "new.mp4");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo("new.mp4\n");
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }
}
