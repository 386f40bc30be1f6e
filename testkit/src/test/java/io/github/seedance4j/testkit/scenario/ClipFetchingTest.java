package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFetchingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void asksOnceForANewLinkWhenOneIsDead() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.clips.add(
          () -> {
            throw new LinkExpiredException("403");
          });
      Job job = stage.submitted();
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
      assertThat(stage.provider.polls).hasValue(2);
      assertThat(stage.provider.downloads).hasValue(2);
    }
  }

  @Test
  void reportsALinkThatStaysDeadAndGoesOnTrying() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 2; i++) {
        stage.provider.clips.add(
            () -> {
              throw new LinkExpiredException("the link is dead (status 403)");
            });
      }
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.waiting(job);
      stage.time.advance(Duration.ofSeconds(7));
      assertThat(waiting)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(LinkExpiredException.class);
      assertThat(stage.now(job).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(stage.now(job).note()).contains("the link is dead (status 403)");
      assertThat(stage.provider.downloads).hasValue(2);
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void asksAgainForASuccessWithoutALink() {
    try (Stage stage = Stage.in(directory)) {
      for (int i = 0; i < 3; i++) {
        stage.provider.states.add(
            () -> new TaskState.Succeeded(new GeneratedVideo(null, null, null)));
      }
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofMinutes(2), job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void goesOnWithATransferThatBroke() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.clips.add(
          () -> {
            throw new RetryLaterException("cut after 1 of 2 bytes", null, null);
          });
      Job job = stage.submitted();
      assertThat(stage.after(MINUTE, job).state()).isEqualTo(JobState.STORED);
    }
  }

  @Test
  void tellsWhoWaitsOfAnAddressThatMustNotBeCalled() {
    try (Stage stage = Stage.in(directory)) {
      stage.provider.clips.add(
          () -> {
            throw new GiveUpException("10.0.0.1 is not a public address", null);
          });
      Job job = stage.submitted();
      CompletableFuture<Job> waiting = stage.waiting(job);
      stage.time.advance(Duration.ofSeconds(6));
      assertThat(waiting)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(GiveUpException.class);
    }
  }

  @Test
  void callsTheClipStoreUntilItReturnsWithoutDownloadingAgain() {
    AtomicInteger calls = new AtomicInteger();
    try (Stage stage =
        Stage.in(
            directory,
            s ->
                s.clips(
                    (job, clip) -> {
                      if (calls.incrementAndGet() < 4) {
                        throw new IOException("bucket is away");
                      }
                    }))) {
      Job job = stage.submitted();
      assertThat(stage.after(Duration.ofMinutes(5), job).state()).isEqualTo(JobState.STORED);
      assertThat(calls).hasValue(4);
      assertThat(stage.provider.downloads).hasValue(1);
    }
  }

  @Test
  void copiesAClipWholeAndNeverOverAnotherFile() throws IOException {
    try (Stage stage = Stage.in(directory)) {
      Job job = stage.submitted();
      Path source = stage.after(MINUTE, job).clip().orElseThrow().path();
      Files.writeString(source, "clip");
      Path target = directory.resolve("copies/a.mp4");
      assertThat(stage.videos.download(job.id(), target, LONG).path()).isEqualTo(target);
      assertThat(target).hasContent("clip");
      assertThatThrownBy(() -> stage.videos.download(job.id(), target, LONG))
          .isInstanceOf(java.io.UncheckedIOException.class)
          .hasMessageContaining("FileAlreadyExistsException");
      assertThat(directory.resolve("copies")).isDirectoryNotContaining("glob:**.copy");
    }
  }
}
