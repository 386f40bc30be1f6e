package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code --sandbox} makes is remembered, apart from all else. */
class OwnSandboxTest {

  private static final String LINE =
      "{\"id\":\"%s\",\"model\":\"fast\",\"prompt\":\"%s\",\"duration\":5}%n";

  @TempDir Path directory;

  private CommandRun.Result run(String... words) {
    return CommandRun.in(directory).run(words);
  }

  private String made(String... more) {
    String[] words = new String[4 + more.length];
    System.arraycopy(new String[] {"generate", "a cat", "--sandbox", "--json"}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return run(words).out().replaceAll("(?s).*?\"job\":\"(job-\\w+)\".*", "$1");
  }

  @Test
  void findsWhatItMade() {
    String job = made();

    assertThat(run("jobs", "--sandbox").out()).contains(job.substring(0, 12), "cat.mp4");
    assertThat(run("open", job, "--print", "--sandbox").out()).isEqualTo("cat.mp4\n");
    assertThat(run("show", job, "--sandbox").out())
        .contains("stored", "the sandbox: no real money")
        .doesNotContain("fingerprint", "127.0.0.1");
    assertThat(run("status", job, "--sandbox").out()).isEqualTo("succeeded\n");
    assertThat(run("wait", job, "--sandbox").out()).isEqualTo("cat.mp4\n");
    assertThat(run("resume", "--sandbox").err()).isEqualTo("Nothing to resume.\n");
    CommandRun.Result again = run("again", job, "--sandbox", "-m", "fast");
    assertThat(again.out()).as(again.err()).isEqualTo("cat-2.mp4\n");
    assertThat(run("jobs", "--sandbox", "--json").out().lines()).hasSize(2);
  }

  @Test
  void keepsItApartAndSaysWhereItIs() {
    String job = made();

    assertThat(run("jobs").err()).isEqualTo("No jobs yet.\n");
    assertThat(run("usage").err()).isEqualTo("No jobs yet.\n");
    assertThat(directory.resolve("state/journal.db")).doesNotExist();
    for (String command : new String[] {"open", "show", "again", "wait", "download", "status"}) {
      CommandRun.Result plain = run(command, job);
      assertThat(plain.exit()).as(command).isEqualTo(2);
      assertThat(plain.err())
          .as(command)
          .contains(" begins with '" + job + "'; it is in the sandbox's journal: add --sandbox\n");
    }
    assertThat(run("wait", job.substring("job-".length(), 10)).err()).contains("add --sandbox");
    assertThat(run("quote", "x", "--video", "job:" + job).err()).contains("add --sandbox");
    assertThat(run("quote", "x", "--video", "job:" + job, "--sandbox").exit()).isZero();
    assertThat(run("open", "job-zzz").err()).contains("; list them: seedance jobs\n");
  }

  @Test
  void pointsFromTheSandboxToWhatCostMoney() throws IOException {
    String real;
    try (ExampleJobs jobs = ExampleJobs.in(directory)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      real = jobs.intended(ExampleJobs.draft("a boat").build(), "", now).id().value();
    }

    assertThat(run("show", real, "--sandbox").err())
        .contains("it is in the journal of what costs money: leave out --sandbox\n");
    CommandRun.Result mixed = run("generate", "x", "--sandbox", "--journal", "state/journal.db");
    assertThat(mixed.exit()).isEqualTo(2);
    assertThat(mixed.err()).contains("state/journal.db keeps jobs that cost money");
    assertThat(run("jobs", "--json").out().lines()).hasSize(1);
  }

  @Test
  void letsNothingThatCostsMoneyIntoItsJournal() {
    run("generate", "x", "--sandbox", "--journal", "tryout.db");

    CommandRun.Result real =
        CommandRun.in(directory)
            .set("TOKENHUB_API_KEY", "th-test")
            .run("generate", "y", "--yes", "--journal", "tryout.db");

    assertThat(real.exit()).isEqualTo(2);
    assertThat(real.err()).contains("tryout.db keeps a sandbox's jobs");
    assertThat(run("jobs", "--journal", "tryout.db", "--json").out().lines()).hasSize(1);
  }

  @Test
  void saysThatItsMoneyIsNotReal() throws IOException {
    made();

    assertThat(run("usage", "--sandbox").out()).startsWith("(sandbox: no real money)\nDAY ");
    assertThat(run("usage", "--sandbox", "--csv").out()).startsWith("day,");
    assertThat(run("usage", "--sandbox", "--csv").err()).contains("(sandbox: no real money)");
    assertThat(run("budget", "--sandbox").out())
        .startsWith("(sandbox: no real money)\nno cap; set one: seedance budget --set 200 --per")
        .contains("month --sandbox\n");
    CommandRun.Result set = run("budget", "--sandbox", "--set", "2", "--per", "ever");
    assertThat(set.err()).contains(" holds. This cap is for the sandbox only.\n");
    assertThat(run("budget").out()).startsWith("no cap");
    assertThat(run("generate", "b", "--sandbox", "-d", "10").exit()).isEqualTo(8);
    assertThat(Files.readString(directory.resolve("cat.mp4.json"))).contains("\"sandbox\" : true");
  }

  @Test
  void goesOnWithABatchWhereItWas() throws IOException {
    Path shots = directory.resolve("shots.jsonl");
    Files.writeString(shots, LINE.formatted("a", "x") + LINE.formatted("b", "y"));
    String[] batch = {"batch", "shots.jsonl", "--out-dir", "out", "--sandbox"};
    assertThat(run(batch).exit()).isZero();
    Files.writeString(
        shots, LINE.formatted("a", "x") + LINE.formatted("b", "y") + LINE.formatted("c", "z"));

    CommandRun.Result again = run(batch);

    assertThat(again.err())
        .contains("3 clips; 2 of them begun or done before; to send: 1, ")
        .endsWith("3 of 3 stored in out; would have cost 2.43 USD; nothing was charged.\n");
    assertThat(directory.resolve("out/a-2.mp4")).doesNotExist();
    assertThat(run("jobs", "--sandbox", "--json").out().lines()).hasSize(3);
  }

  /** As a command leaves it that was killed. */
  private String leftBehind(JobState state) throws IOException {
    Files.createDirectories(directory.resolve("state"));
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    GenerationDraft draft = ExampleJobs.draft("a cat").build();
    TaskId task = new TaskId("task-1");
    try (JobJournal journal = JdbcJobJournal.sqlite(directory.resolve("state/sandbox.db"))) {
      Job job =
          Job.intended(new JobId("job-leftbehind123456"), OwnSandbox.ACCOUNT, draft, now)
              .quote(
                  Tariff.tokenHub()
                      .quote(
                          RequestRules.of(ModelCatalog.tokenHub())
                              .judge(draft)
                              .request()
                              .orElseThrow()))
              .bodySha256("0".repeat(64))
              .clipTarget(directory.resolve("cat.mp4"))
              .done();
      journal.admit(job, List.of(), "killed");
      Job.Change next = job.change().state(state, now);
      if (state.isFollowed()) {
        next.taskId(task);
      }
      if (state.isDue()) {
        next.dueAt(now.plusSeconds(1));
      }
      if (state == JobState.SUCCEEDED) {
        GeneratedVideo video = new GeneratedVideo("http://127.0.0.1:1/cat.mp4", null, null);
        next.task(new VideoTask(task, new TaskState.Succeeded(video), null, null));
      }
      journal.replace(next.done());
      return job.id().value();
    }
  }

  @ParameterizedTest
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @EnumSource(
      value = JobState.class,
      names = {"INTENDED", "NOT_SENT", "THROTTLED", "SUBMITTED", "RUNNING", "SUCCEEDED"})
  void endsWhatACommandLeftBehindThatIsOver(JobState state) throws IOException {
    String job = leftBehind(state);

    CommandRun.Result wait = run("wait", job, "--sandbox");

    assertThat(wait.exit()).isEqualTo(5);
    assertThat(wait.err())
        .isEqualTo(
            "error: its sandbox ended with the command; nothing was charged\n"
                + "  Make it again: seedance again "
                + job
                + " --sandbox\n");
    assertThat(run("jobs", "--sandbox", "--state", "ended").out())
        .contains(state.isFollowed() ? "expired" : "withdrawn", " 0.00 ");
    assertThat(run("budget", "--sandbox").out()).contains("held 0.00: 0.00 USD");
    assertThat(run("again", job, "--sandbox").out()).isEqualTo("cat.mp4\n");
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void leavesAloneWhatAnotherCommandIsAtAndEndsItOnceThatIsKilled() throws Exception {
    Files.writeString(directory.resolve("shots.jsonl"), LINE.formatted("a", "x"));
    String journal = "home/seedance4j/sandbox.db";
    String[] jobs = {"jobs", "--sandbox", "--journal", journal};
    try (CommandProcess slow =
        CommandProcess.start(
            directory,
            "",
            "batch",
            "shots.jsonl",
            "--out-dir",
            "out",
            "--sandbox",
            "--task-seconds",
            "600")) {
      slow.readUntil("a: queued");

      assertThat(run(jobs).out()).doesNotContain("expired");
      slow.kill();
    }

    assertThat(run(jobs).out()).contains("expired", "its sandbox ");
    CommandRun.Result again =
        run("batch", "shots.jsonl", "--out-dir", "out", "--sandbox", "--journal", journal);
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.err()).contains("1 of 1 stored in out; would have cost 0.81 USD; nothing");
  }

  @Test
  void saysThatAClipCanOnlyBeMadeAgain() throws IOException {
    String job = made();
    Files.delete(directory.resolve("cat.mp4"));

    for (String command : new String[] {"open", "download"}) {
      CommandRun.Result gone = run(command, job, "--sandbox");
      assertThat(gone.exit()).as(command).isEqualTo(9);
      assertThat(gone.err())
          .as(command)
          .contains(
              "its clip is not at cat.mp4 any more",
              "Make it again: seedance again " + job + " --sandbox");
    }
  }
}
