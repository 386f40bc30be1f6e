package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the fake provider: another author's reading of the same guide. */
class EndToEndTest {

  private static final HttpOptions SANDBOX = HttpOptions.builder().allowLoopback(true).build();

  @TempDir Path directory;

  private static TokenHubProvider provider(FakeTokenHub hub) {
    return TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), SANDBOX);
  }

  private static SubmissionOutcome submit(FakeTokenHub hub) {
    try (TokenHubProvider provider = provider(hub)) {
      return OutcomeTable.standard().classify(provider.prepare(Requests.prompt("a dog")).send());
    }
  }

  @Test
  void makesAClipFromAPrompt() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start();
        TokenHubProvider provider = provider(hub)) {
      VideoProvider.Create create = provider.prepare(Requests.prompt("a dog"));
      TaskId id = ((CreateReply.Answered) create.send()).task();
      assertThat(id).isNotNull();
      assertThat(hub.ledger().chargesForDigest(create.bodySha256())).hasSize(1);
      TaskState state = provider.task(id).state();
      assertThat(state).isInstanceOf(TaskState.Succeeded.class);
      String url = ((TaskState.Succeeded) state).video().url();
      Path target = directory.resolve("dog.mp4");
      Clip clip = provider.fetch(url, target, progress -> {});
      assertThat(clip.length()).isEqualTo(new ClipLength(121, 24));
      assertThat(clip.bytes()).isEqualTo(Files.size(target));
      assertThat(provider.fetch(url, target, progress -> {})).isEqualTo(clip);
    }
  }

  @Test
  void makesAClipThroughTheService() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.builder().billing(Billing.REAL_LENGTH).start();
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(provider(hub))
                .pollPlan(PollPlan.immediate())
                .clipFiles(job -> directory.resolve("clips").resolve(job.id() + ".mp4"))
                .build()) {
      Job done = videos.generate(Requests.prompt("a dog").draft());
      assertThat(done.state()).isEqualTo(JobState.STORED);
      Clip clip = done.clip().orElseThrow();
      assertThat(clip.path()).isRegularFile().hasParent(directory.resolve("clips"));
      assertThat(clip.length()).isEqualTo(new ClipLength(121, 24));
      LedgerAssertions.assertThat(hub.ledger()).chargedExactlyOnce(done).agreesWith(videos.spend());
    }
  }

  @Test
  void leavesACreateThatWasChargedAndCutUnknown() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().chargedThenReset();
      assertThat(submit(hub)).isInstanceOf(SubmissionOutcome.Unknown.class);
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void sortsTheFakesRefusals() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().throttled(Duration.ofSeconds(7));
      assertThat(((SubmissionOutcome.Throttled) submit(hub)).retryAfter())
          .isEqualTo(Duration.ofSeconds(7));
      hub.next().noBalance();
      assertThat(((SubmissionOutcome.Rejected) submit(hub)).fault().kind())
          .isEqualTo(ProviderFault.Kind.BALANCE);
      hub.next().inputModeration();
      assertThat(((SubmissionOutcome.Rejected) submit(hub)).fault().kind())
          .isEqualTo(ProviderFault.Kind.INPUT_TEXT);
      assertThat(hub.ledger().total()).isZero();
    }
  }

  @Test
  void tellsDeadLinksAndUnknownTasks() {
    try (FakeTokenHub hub = FakeTokenHub.start();
        TokenHubProvider provider = provider(hub)) {
      hub.next().expiredLink();
      TaskId id = ((CreateReply.Answered) provider.prepare(Requests.prompt("x")).send()).task();
      assertThat(id).isNotNull();
      String url = ((TaskState.Succeeded) provider.task(id).state()).video().url();
      assertThatThrownBy(() -> provider.fetch(url, directory.resolve("x.mp4"), progress -> {}))
          .isInstanceOf(LinkExpiredException.class);
      assertThatThrownBy(() -> provider.task(new TaskId("cgt-none")))
          .isInstanceOf(NotFoundException.class);
    }
  }
}
