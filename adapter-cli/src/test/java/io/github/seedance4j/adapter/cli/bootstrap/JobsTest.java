package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sent, listed and shown; and where that is kept. */
class JobsTest {

  @TempDir Path directory;

  private CommandRun.Result run(String... args) {
    return CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1").run(args);
  }

  private CommandRun.Result at(FakeTokenHub hub, String... args) {
    return CommandRun.in(directory).against(hub).run(args);
  }

  /** The id in the one line that {@code jobs --json} tells of such a job. */
  private String job(String... filter) {
    String[] args = new String[filter.length + 2];
    args[0] = "jobs";
    args[1] = "--json";
    System.arraycopy(filter, 0, args, 2, filter.length);
    String out = run(args).out();
    assertThat(out.lines()).as(out).hasSize(1);
    return out.replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void listsWhatWasSentWithoutAKey() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "-o", "cat.mp4");
      hub.next().with(new TaskFault.Fails("InternalServiceError", "broke", false));
      at(hub, "generate", "a dog", "--yes", "--label", "acme");
      hub.next().chargedThenReset();
      at(hub, "generate", "a cow", "--yes");
    }

    CommandRun.Result list = run("jobs");

    assertThat(list.exit()).as(list.err()).isZero();
    List<String> lines = list.out().lines().toList();
    assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    assertThat(lines.get(0))
        .isEqualTo("JOB           STATE      COST       CREATED (UTC)     LABEL       CLIP");
    assertThat(lines.get(1))
        .matches(
            "job-\\w{8}  unknown    1\\.01 held  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +may have .*");
    assertThat(lines.get(2))
        .matches("job-\\w{8}  failed     ≤1\\.01      .{18}acme        broke.*");
    assertThat(lines.get(3)).matches("job-\\w{8}  stored     1\\.01 .* +cat.mp4");
    assertThat(list.err()).isEmpty();
  }

  @Test
  void listsOneObjectALineForPrograms() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "-o", "cat.mp4", "--label", "acme");
    }

    CommandRun.Result list = run("jobs", "--json");

    assertThat(list.out().lines()).hasSize(1);
    assertThat(list.out())
        .contains(
            "\"task\":\"task-",
            "\"job\":\"job-",
            "\"state\":\"stored\"",
            "\"label\":\"acme\"",
            "\"model\":\"doubao-seedance-2.0\"",
            "\"quote\":{\"low\":\"1.00\"",
            "\"cost\":{\"amount\":\"1.008334\",\"currency\":\"USD\",\"basis\":\"computed\"}",
            "\"created\":\"20",
            "\"file\":\"" + directory.resolve("cat.mp4").toAbsolutePath() + "\"",
            "\"note\":null")
        .doesNotContain("a cat");
  }

  @Test
  void filtersByStateLabelAgeAndNumber() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "--label", "acme");
      hub.next().chargedThenReset();
      at(hub, "generate", "a cow", "--yes");
    }

    String stored = job("--state", "stored");
    assertThat(job("--state", "ended")).isEqualTo(stored);
    assertThat(job("--label", "acme")).isEqualTo(stored);
    String unknown = job("--state", "unknown,running");
    assertThat(unknown).isNotEqualTo(stored);
    assertThat(job("--holding")).isEqualTo(unknown);
    assertThat(job("--limit", "1")).isEqualTo(unknown);
    assertThat(run("jobs", "--since", "1h").out().lines()).hasSize(3);
    assertThat(run("jobs", "--limit", "1").err()).startsWith("There is one more: --limit 2\n");
    CommandRun.Result old =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/")
            .later(Duration.ofHours(2))
            .run("jobs", "--since", "1h");
    assertThat(old.out()).isEmpty();
    assertThat(old.err()).startsWith("No jobs like that.\n");
  }

  @Test
  void refusesAStateThatIsNone() {
    CommandRun.Result run = run("jobs", "--state", "done");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'done' is no state; there are unfinished, ended, intended, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "show job-x", "budget", "settle job-x --charged 0", "resume"})
  void makesNoJournalToLookAtIt(String line) {
    CommandRun.Result run = run(line.split(" "));

    assertThat(run.err() + run.out()).isNotEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void findsAJobByHowItsIdOrItsTaskBegins() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String task = at(hub, "generate", "a cat", "--yes", "--no-wait").out().strip();
      String job = job();

      for (String name : new String[] {job, job.substring(0, 9), job.substring(4, 12), task}) {
        assertThat(run("show", name).out()).as(name).startsWith(job + "\n");
      }
      assertThat(at(hub, "status", job.substring(0, 12)).out()).isEqualTo("succeeded\n");
      assertThat(at(hub, "wait", job.substring(4, 12), "-o", "x.mp4").out()).isEqualTo("x.mp4\n");
    }
  }

  @Test
  void saysThatNothingBeginsLikeThat() {
    for (String command : new String[] {"show", "status", "wait", "download"}) {
      CommandRun.Result run = run(command, "job-zzz");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err())
          .containsPattern(
              "error: no job( and no task)? in state/sandbox.db begins with 'job-zzz'; list them:"
                  + " seedance jobs\n");
    }
  }

  @Test
  void listsTheJobsThatMayBeMeant() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "--no-wait");
      at(hub, "generate", "a cat", "--yes", "--no-wait");
    }

    CommandRun.Result run = run("show", "task-");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: 'task-' may be any of several jobs; type more of the id:\n")
        .containsPattern("(?s)  job-\\w{16}  submitted  task-.*  job-\\w{16}  submitted  task-");
  }

  @Test
  void showsAllThatIsKeptOfAJob() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "-o", "cat.mp4", "--480p", "--label", "acme");
    }

    CommandRun.Result show = run("show", job());

    assertThat(show.exit()).as(show.err()).isZero();
    assertThat(show.out())
        .contains(
            "  state           stored since ",
            "  label           acme\n",
            "  sent to         http://127.0.0.1:",
            "  request         doubao-seedance-2.0, 480p\n",
            "  prompt          a cat\n",
            "  quote           0.60 USD\n",
            "  cost            0.61 USD as computed from its length\n",
            "  clip            cat.mp4 (")
        .doesNotContain("th-test-secret", "held", "http://127.0.0.1:1/", "letter");
    assertThat(run("show", job(), "--json").out())
        .contains("\"prompt\":\"a cat\"", "\"body_sha256\":\"", "\"key_fingerprint\":\"");
  }

  @Test
  void writesALetterAboutAnUnknownOutcome() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().chargedThenReset();
      at(hub, "generate", "my secret cat", "--yes");
    }
    String job = job();

    CommandRun.Result show = run("show", job);
    assertThat(show.err()).isEmpty(); // this very job is what it is about
    assertThat(show.out())
        .contains(
            "  held            1.01 USD\n",
            "  it is there:\n    seedance resolve " + job + " --attach TASK\n",
            "counts as charged, 1.01 USD, or as what you looked up:\n    seedance resolve "
                + job
                + " --lost\n",
            "seedance settle " + job + " --charged 0.00\n",
            "seedance resolve " + job + " --resubmit --accept-second-charge\n");
    String letter = show.out().replaceFirst("(?s).*Subject:", "Subject:");
    assertThat(letter)
        .contains(
            "Was this task created, and charged?",
            "    what happened   the connection broke before an answer came\n",
            "    model, request  doubao-seedance-2.0\n",
            "    our reference   " + job + "\n")
        .containsPattern("    body SHA-256    [0-9a-f]{64}\n")
        .containsPattern("    key fingerprint [0-9a-f]{12}\n")
        .containsPattern(
            "    call            POST http://127.0.0.1:\\d+/api/v1/videos/generations\n")
        .doesNotContain("cat", "th-test-secret");
    assertThat(show.out().lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThan(87));
    assertThat(run("show", job, "--with-prompt").out().replaceFirst("(?s).*Subject:", ""))
        .contains("    prompt          my secret cat\n");
    assertThat(run("show", job, "--json").out()).contains("\"letter\":\"Subject: ");
  }

  @Test
  void keepsTheSandboxsJobsApartAndAllOfThemPrivate() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes");
      at(hub, "generate", "a cat", "--yes", "--journal", "own.db");
      CommandRun.in(directory)
          .against(hub)
          .set("SEEDANCE_JOURNAL", "named.db")
          .run("generate", "a cat", "--yes");
    }

    assertThat(directory.resolve("state/sandbox.db")).isRegularFile();
    assertThat(directory.resolve("state/journal.db")).doesNotExist();
    assertThat(directory.resolve("own.db")).isRegularFile();
    assertThat(directory.resolve("sandbox.db")).isRegularFile(); // beside the one that is named
    assertThat(directory.resolve("named.db")).doesNotExist();
    assertThat(CommandRun.in(directory).run("jobs").err()).isEqualTo("No jobs yet.\n");
    assertThat(run("jobs", "--journal", "own.db").out().lines()).hasSize(2);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state/sandbox.db"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state"))))
        .isEqualTo("rwx------");
  }

  @Test
  void namesTheJournalInTheCommandsThatItSuggests() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result sent =
          at(hub, "generate", "a cat", "--yes", "--no-wait", "--journal", "my own.db");

      assertThat(sent.err()).containsPattern("seedance wait job-\\w{16} --journal 'my own.db'\n");
    }
  }

  @Test
  void keepsWhatASandboxOfItsOwnMadeInTheFileThatIsNamed() {
    CommandRun.in(directory)
        .run("generate", "a cat", "--sandbox", "-o", "b.mp4", "--journal", "kept.db");
    assertThat(run("jobs", "--journal", "kept.db").out()).contains("b.mp4");
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere/j.db", ".", ""})
  void refusesAPlaceWhereNoJournalCanBe(String file) {
    CommandRun.Result run = run("jobs", "--journal", file);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: --journal: ");
  }

  @Test
  void saysThatAFileIsNoJournal() throws Exception {
    Files.writeString(
        directory.resolve("note.txt"), "no journal at all, but long enough".repeat(99));

    CommandRun.Result run = run("jobs", "--json", "--journal", "note.txt");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").contains("note.txt").doesNotContain("unexpected");
    assertThat(run.out()).contains("\"code\":\"journal\"", "\"exit\":2");
  }

  @Test
  void remindsOfPaidClipsAndOfUnknownOutcomes() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "--no-wait");
      at(hub, "generate", "a cat", "--yes", "--no-wait");
      hub.next().chargedThenReset();
      at(hub, "generate", "a cow", "--yes");
    }
    CommandRun soon = CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/");
    assertThat(soon.run("budget").err()).doesNotContain("clip");

    CommandRun later = CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/");
    assertThat(later.later(Duration.ofMinutes(19 * 60 - 1)).run("budget", "--json").err())
        .contains(
            "note: 2 paid clips wait to be fetched; the first link dies in 5 h: seedance resume\n",
            "note: the outcome of a job is unknown, and may have been charged: seedance jobs"
                + " --state unknown\n");
    CommandRun late = CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/");
    assertThat(late.later(Duration.ofHours(25)).run("budget").err())
        .contains("the first link may be dead by now: seedance resume\n");
    CommandRun quiet = CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/");
    assertThat(quiet.later(Duration.ofHours(25)).run("budget", "-q").err()).isEmpty();
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      assertThat(at(hub, "generate", "a cat", "--yes").err())
          .contains("note: the outcome of a job is unknown");
    }
  }
}
