package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the provider without a wire has of its own, beside what the contracts ask of it. */
class InMemoryProviderTest {

  private static final GenerationDraft CAT =
      GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat").build();
  private static final GenerationRequest REQUEST =
      RequestRules.of(ModelCatalog.tokenHub()).judge(CAT).request().orElseThrow();

  @TempDir Path directory;

  @Test
  void makesAVideoWithAServiceOnVirtualTime() {
    VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
    try (FakeTokenHub hub = FakeTokenHub.start();
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(hub.provider())
                .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
                .executor(Runnable::run)
                .time(time)
                .build()) {
      Job job = ((Submission.Accepted) videos.submit(CAT)).job();
      time.advance(Duration.ofMinutes(5));

      Job done = videos.find(job.id()).orElseThrow();
      assertThat(done.state()).isEqualTo(JobState.STORED);
      assertThat(done.clip().orElseThrow().path()).isNotEmptyFile();
      assertThat(hub.ledger().charges()).hasSize(1);

      hub.next().chargedThenReset();
      assertThat(videos.submit(CAT)).isInstanceOf(Submission.Unknown.class);
      assertThat(hub.ledger().charges()).hasSize(2);
    }
  }

  @Test
  void waitsForNothingThatHangsOrDrips() {
    try (FakeTokenHub hub = FakeTokenHub.start();
        InMemoryProvider provider = hub.provider()) {
      hub.next().with(new CreateFault.HangsAfterCharge());
      hub.next().with(new CreateFault.DripsAnswer());
      hub.next().with(new TaskFault.HangsPolls());
      assertThat(phase(send(provider))).isEqualTo(CreateReply.Phase.SENT);
      assertThat(phase(send(provider))).isEqualTo(CreateReply.Phase.SENT);
      TaskId task = booked(provider);
      assertThatThrownBy(() -> provider.task(task))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage("task " + task + ": no answer came");
      assertThat(provider.task(task).state()).isInstanceOf(TaskState.Succeeded.class);
    }
  }

  @Test
  void countsAndStrikesAsTheWireDoes() {
    try (FakeTokenHub hub = FakeTokenHub.start();
        InMemoryProvider provider = hub.provider()) {
      hub.next().with(new CreateFault.ResetsBeforeRead());
      hub.nextConnection(new ConnectionFault.ResetsAfterAccept());
      assertThat(phase(send(provider))).isEqualTo(CreateReply.Phase.SENT);
      assertThat(hub.requests().createsBegun()).isZero();
      assertThat(phase(send(provider))).isEqualTo(CreateReply.Phase.SENT);
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
      assertThat(hub.requests().createsReceived()).isZero();
      assertThat(hub.ledger().entries()).isEmpty();
      FakeTokenHub.Refusing away = hub.refusing();
      assertThat(phase(send(provider))).isEqualTo(CreateReply.Phase.CONNECT);
      away.close();
      provider.task(booked(provider));
      assertThat(hub.requests().createsReceived()).isEqualTo(1);
      assertThat(hub.requests().polls()).isEqualTo(1);
      assertThat(hub.struck())
          .containsExactly(
              new ConnectionFault.ResetsAfterAccept(), new CreateFault.ResetsBeforeRead());
    }
  }

  @Test
  void fetchesFromItsOwnFakeOnlyAndGoesOnWithItsPart() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start();
        FakeTokenHub other = FakeTokenHub.start();
        InMemoryProvider provider = hub.provider();
        InMemoryProvider stranger = other.provider()) {
      hub.next().with(new FileFault.CutsFile(1));
      String link = link(provider, booked(provider));
      Path target = directory.resolve("cat.mp4");
      assertThatThrownBy(() -> stranger.fetch(link, target, progress -> {}))
          .isInstanceOf(GiveUpException.class)
          .hasMessage("the clip's link doesn't lead to the fake that this speaks to");
      assertThatThrownBy(() -> provider.fetch(link, target, progress -> {}))
          .isInstanceOf(RetryLaterException.class);
      long half = Files.size(directory.resolve("cat.mp4.part"));
      assertThat(half).isPositive();

      provider.fetch(link, target, progress -> {});
      assertThat(target).hasBinaryContent(hub.clip(hub.tasks().get(0).id()));
      assertThat(hub.requests().downloads()).isEqualTo(2);
    }
  }

  private static CreateReply send(InMemoryProvider provider) {
    return provider.prepare(REQUEST).send();
  }

  private static CreateReply.Phase phase(CreateReply reply) {
    assertThat(reply).isInstanceOf(CreateReply.Broken.class);
    return ((CreateReply.Broken) reply).phase();
  }

  private static TaskId booked(InMemoryProvider provider) {
    TaskId task = ((CreateReply.Answered) send(provider)).task();
    assertThat(task).isNotNull();
    return task;
  }

  private static String link(InMemoryProvider provider, TaskId task) {
    TaskState.Succeeded done = (TaskState.Succeeded) provider.task(task).state();
    return String.valueOf(done.video().url());
  }
}
