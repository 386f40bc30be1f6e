package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The costly failure, many times over: a person says of each what became of it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostAnswersTest {

  /** Of so many the task is looked up in the provider's account; the others are given up. */
  private static final int ATTACHED = 20;

  private static final String KEY = "th-test-secret";

  @TempDir Path directory;

  @Test
  void resolvesAHundredUnknownOutcomes() {
    resolvesUnknownOutcomes(100);
  }

  @Tag("long")
  @Test
  void resolvesAThousandUnknownOutcomes() {
    resolvesUnknownOutcomes(1_000);
  }

  private void resolvesUnknownOutcomes(int many) {
    try (HubProcess hub = HubProcess.start()) {
      hub.sometimes(1, new CreateFault.ResetsAfterCharge());
      submitAll(hub, many);
      hub.clearFaults();
      Ledger ledger = hub.ledger();
      List<Job> unknown = jobs();
      assertThat(unknown).hasSize(many).allMatch(job -> job.state() == JobState.UNKNOWN);

      for (int i = 0; i < many; i++) {
        Job job = unknown.get(i);
        CommandRun.Result said =
            i < ATTACHED
                ? run(hub, "resolve", job.id().value(), "--attach", task(job, ledger))
                : run(hub, "resolve", job.id().value(), "--lost");
        assertThat(said.exit()).as(said.err()).isZero();
      }
      assertThat(run(hub, "jobs", "--state", "unknown", "--json").out()).isEmpty();
      CommandRun.Result resumed = run(hub, "resume");
      assertThat(resumed.exit()).as(resumed.err()).isZero();

      List<Job> resolved = jobs();
      assertThat(resolved.stream().filter(job -> job.state() == JobState.STORED)).hasSize(ATTACHED);
      assertThat(resolved.stream().filter(job -> job.state() == JobState.LOST))
          .hasSize(many - ATTACHED);
      LedgerAssertions.assertThat(hub.ledger()).chargedTimes(many).hasNoChargeWithoutAJob(resolved);
    }
  }

  private CommandRun.Result run(HubProcess hub, String... words) {
    return CommandRun.in(directory)
        .set("TOKENHUB_BASE_URL", hub.baseUrl().toString())
        .set("TOKENHUB_API_KEY", KEY)
        .set("SEEDANCE_ALLOW_LOOPBACK", "true")
        .set("SEEDANCE_JOURNAL", directory.resolve("journal.db").toString())
        .run(words);
  }

  /** As what is sent to this machine is kept apart from what was paid for. */
  private Path journal() {
    return directory.resolve("sandbox.db");
  }

  private List<Job> jobs() {
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(journal())) {
      return journal.list(JobQuery.all());
    }
  }

  private static String task(Job job, Ledger ledger) {
    String digest = job.bodySha256().orElseThrow();
    return Objects.requireNonNull(ledger.chargesForDigest(digest).get(0).taskId());
  }

  private void submitAll(HubProcess hub, int many) {
    try (VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(
                TokenHub.provider(
                    ApiKey.of(KEY),
                    hub.baseUrl(),
                    HttpOptions.builder().allowLoopback(true).build()))
            .journal(JdbcJobJournal.sqlite(journal()))
            .build()) {
      assertThat(IntStream.range(0, many).parallel().mapToObj(number -> submit(videos, number)))
          .allMatch(Submission.Unknown.class::isInstance);
    }
  }

  private static Submission submit(VideoGeneration videos, int number) {
    return videos.submit(
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0_FAST)
            .prompt("clip " + number)
            .resolution(Resolution.P480)
            .duration(Duration.ofSeconds(4))
            .build());
  }
}
