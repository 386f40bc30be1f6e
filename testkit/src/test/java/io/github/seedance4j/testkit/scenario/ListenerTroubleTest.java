package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.task.ProviderFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener does is its own affair. */
class ListenerTroubleTest {

  @TempDir Path directory;

  @Test
  void followsAJobThoughEveryEventEndsInAnError() {
    AtomicInteger told = new AtomicInteger();
    try (Stage stage =
        Stage.in(
            directory,
            settings ->
                settings.onEvent(
                    event -> {
                      told.incrementAndGet();
                      throw new NoClassDefFoundError("io/example/Metrics");
                    }))) {
      Job job = stage.submitted(); // an error between intent and answer must not jump out
      assertThat(stage.after(Duration.ofMinutes(1), job).state()).isEqualTo(JobState.STORED);
      assertThat(stage.provider.sends).hasValue(1);
      assertThat(told).hasValueGreaterThan(3);
    }
  }

  @Test
  void closesFromAListenerDuringACreateWithoutWaitingForItself() throws Exception {
    AtomicReference<VideoGeneration> self = new AtomicReference<>();
    Stage stage =
        Stage.in(
            directory,
            settings ->
                settings.onEvent(
                    event -> {
                      if (event.state() == JobState.REJECTED) {
                        self.get().close();
                      }
                    }));
    self.set(stage.videos);
    ProviderFault fault = new ProviderFault(ProviderFault.Kind.OTHER, "Code", "words", null);
    stage.provider.creates.add(() -> new CreateReply.Answered(400, null, fault, null));
    CompletableFuture<Submission> submission = new CompletableFuture<>();
    Thread thread = new Thread(() -> submission.complete(stage.videos.submit(CAT)));
    thread.setDaemon(true); // it would wait for ever
    thread.start();
    assertThat(submission.get(10, TimeUnit.SECONDS)).isInstanceOf(Submission.Refused.class);
  }
}
