package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting what is old, copying the journal, and putting a copy in its place. */
class UpkeepTest {

  @TempDir Path directory;

  private CommandRun monthLater;

  @BeforeEach
  void aMonthLater() {
    monthLater =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1")
            .later(Duration.ofDays(31));
  }

  private CommandRun.Result at(FakeTokenHub hub, String... args) {
    return CommandRun.in(directory).against(hub).run(args);
  }

  private CommandRun.Result offline(String... args) {
    return CommandRun.in(directory).set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1").run(args);
  }

  private void generate(String prompt, String file) {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      assertThat(at(hub, "generate", prompt, "--yes", "-o", file).exit()).isZero();
    }
  }

  @Test
  void forgetsPromptsAddressesAndClips() {
    generate("a secret cat", "cat.mp4");

    CommandRun.Result purge = monthLater.run("purge", "--older-than", "30d", "--yes");

    assertThat(purge.exit()).as(purge.err()).isZero();
    assertThat(purge.err()).isEqualTo("Forgot 1 job, deleted 1 clip.\n");
    assertThat(directory.resolve("cat.mp4")).doesNotExist();
    String task =
        offline("jobs", "--json").out().replaceFirst("(?s).*\"task\":\"([^\"]+)\".*", "$1");
    CommandRun.Result show = offline("show", task);
    assertThat(show.out())
        .contains("request         forgotten (purged)", "cost            1.01 USD")
        .doesNotContain("secret", "cat.mp4");
  }

  @Test
  void asksFirstAndTakesNoForAnAnswer() {
    generate("a cat", "cat.mp4");

    CommandRun.Result purge = monthLater.answering("n\n").run("purge", "--older-than", "30d");

    assertThat(purge.exit()).isEqualTo(8);
    assertThat(purge.err())
        .containsPattern(
            "^Forget 1 job that ended before \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC, and 1 clip"
                + " \\(\\d+ kB\\)\\? \\[y/N\\] ")
        .contains("not agreed; nothing was forgotten");
    assertThat(directory.resolve("cat.mp4")).exists();
  }

  @Test
  void needsSomebodysAgreementWhereNobodyCanBeAsked() {
    generate("a cat", "cat.mp4");

    CommandRun.Result purge = monthLater.run("purge", "--older-than", "30d");

    assertThat(purge.exit()).isEqualTo(2);
    assertThat(purge.err()).contains("nobody is here to agree", "add --yes, or --dry-run");
  }

  @Test
  void saysWhatItWouldForgetAndLeavesIt() {
    generate("a cat", "cat.mp4");

    CommandRun.Result dry = monthLater.run("purge", "--older-than", "30d", "--dry-run");

    assertThat(dry.exit()).isZero();
    assertThat(dry.out()).isEqualTo("cat.mp4\n");
    assertThat(dry.err()).startsWith("It would forget 1 job that ended before ");
    assertThat(directory.resolve("cat.mp4")).exists();
    assertThat(offline("jobs", "--json").out()).contains("cat.mp4");
  }

  @Test
  void saysThatNothingIsThatOldInADryRunToo() {
    generate("a cat", "cat.mp4");

    CommandRun.Result dry = offline("purge", "--older-than", "30d", "--dry-run");

    assertThat(dry.exit()).isZero();
    assertThat(dry.err()).isEqualTo("Nothing that old.\n");
  }

  @Test
  void leavesClipsThatAreToBeKept() {
    generate("a cat", "cat.mp4");

    CommandRun.Result purge =
        monthLater.run("purge", "--older-than", "30d", "--yes", "--keep-clips", "--json");

    assertThat(purge.out()).isEqualTo("{\"dry_run\":false,\"jobs\":1,\"clips\":0,\"exit\":0}\n");
    assertThat(directory.resolve("cat.mp4")).exists();
  }

  @Test
  void deletesNothingThatIsNotTheClipAnyMore() throws IOException {
    generate("a cat", "edited.mp4");
    generate("a cat", "linked.mp4");
    byte[] edited = Files.readAllBytes(directory.resolve("edited.mp4"));
    edited[edited.length / 2] ^= 1; // of the same length
    Files.write(directory.resolve("edited.mp4"), edited);
    Files.move(directory.resolve("linked.mp4"), directory.resolve("original.mp4"));
    Files.createSymbolicLink(directory.resolve("linked.mp4"), Path.of("original.mp4"));

    CommandRun.Result purge = monthLater.run("purge", "--older-than", "30d", "--yes");

    assertThat(purge.err())
        .contains(
            "note: edited.mp4 is not the clip that came, so it stays\n",
            "note: linked.mp4 is not the clip that came, so it stays\n",
            "Forgot 2 jobs, deleted 0 clips.\n");
    assertThat(directory.resolve("edited.mp4")).exists();
    assertThat(directory.resolve("linked.mp4")).isSymbolicLink();
    assertThat(directory.resolve("original.mp4")).exists();
  }

  @Test
  void forgetsNothingThatIsYoungerOrUnknown() {
    generate("a cat", "cat.mp4");
    assertThat(offline("purge", "--older-than", "1h", "--yes").err())
        .isEqualTo("Nothing that old.\n");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().chargedThenReset();
      at(hub, "generate", "a secret cow", "--yes");
    }

    monthLater.run("purge", "--older-than", "30d", "--yes");

    String unknown =
        offline("jobs", "--json", "--state", "unknown")
            .out()
            .replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
    assertThat(offline("show", unknown).out()).contains("a secret cow");
  }

  @Test
  void saysHowOldOnlyIfThatIsClear() {
    assertThat(offline("purge").err()).contains("say how old: seedance purge --older-than 30d");
    assertThat(offline("purge", "--older-than", "30").err())
        .contains("'30' is no age such as 12h, 30d or 8w");
  }

  @Test
  void copiesAJournalWhichIsRefusedUntilSomebodySaysWhatItIs() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String task = at(hub, "generate", "a cat", "--yes", "--no-wait", "-o", "cat.mp4").out();

      CommandRun.Result backup = offline("backup", "copy.db");
      assertThat(backup.exit()).as(backup.err()).isZero();
      assertThat(backup.out()).isEqualTo("copy.db\n");
      assertThat(backup.err())
          .isEqualTo("It holds prompts and signed addresses: keep it as you keep a password.\n");
      CommandRun.Result again = offline("backup", "copy.db");
      assertThat(again.exit()).isEqualTo(2);
      assertThat(again.err()).startsWith("error: 'copy.db' is there already, and is never overwr");

      Files.move(
          directory.resolve("copy.db"),
          directory.resolve("state/sandbox.db"),
          StandardCopyOption.REPLACE_EXISTING);
      CommandRun.Result refused = offline("jobs");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err())
          .contains("this is a backup of 20", "'seedance resume --restored' opens it");
      assertThat(at(hub, "resume").exit()).isEqualTo(2);

      CommandRun.Result restored = at(hub, "resume", "--restored");
      assertThat(restored.exit()).as(restored.err()).isZero();
      assertThat(restored.out()).isEqualTo("cat.mp4\n");
      assertThat(offline("jobs", "--json").out()).contains(task.strip());
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  /** Somebody who types what a message about another journal said. */
  @Test
  void turnsNoIntentOfAJournalThatIsNoBackupIntoAnUnknownOutcomeUnasked() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub, "generate", "a cat", "--yes", "-o", "cat.mp4");
      assertThat(at(hub, "resume", "--restored").err())
          .contains("not marked as a backup, and nothing in it is about to be sent");
      intended("job-waiting0");

      CommandRun.Result refused = at(hub, "resume", "--restored");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "error: this journal is not marked as a backup, and a job that is about to be sent"
                  + " would become an unknown outcome; if it is a copy all the same, add --yes,"
                  + " else leave --restored out\n");
      CommandRun.Result no =
          CommandRun.in(directory).against(hub).answering("n\n").run("resume", "--restored");
      assertThat(no.exit()).as(no.err()).isEqualTo(8);
      assertThat(offline("jobs").out()).containsPattern("job-waiting0? +intended");

      at(hub, "resume", "--restored", "--yes");
      assertThat(offline("jobs").out()).containsPattern("job-waiting0? +unknown");
    }
  }

  private void intended(String id) {
    ProviderAccount account = new ProviderAccount("TokenHub", "https://elsewhere", "f");
    GenerationDraft draft = GenerationDraft.builder().prompt("a dog").build();
    try (JobJournal journal = JdbcJobJournal.sqlite(directory.resolve("state/sandbox.db"))) {
      journal.admit(
          Job.intended(new JobId(id), account, draft, Instant.now()).done(), List.of(), "sender");
    }
  }

  @Test
  void copiesNoJournalThatIsNotThere() {
    CommandRun.Result run = offline("backup", "copy.db");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: there is no journal yet at state/sandbox.db\n");
    assertThat(directory).isEmptyDirectory();
  }
}
