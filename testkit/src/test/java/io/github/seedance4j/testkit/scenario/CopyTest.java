package io.github.seedance4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of stored clips: whole or not at all, and never over anything. */
@Timeout(20)
class CopyTest {

  private static final int SIZE = 300_000;

  @TempDir Path directory;

  private Job stored(Stage stage, char content) throws IOException {
    Path file = directory.resolve("clip-" + content);
    Files.writeString(file, String.valueOf(content).repeat(SIZE));
    stage.provider.clips.add(
        () -> new Clip(file, SIZE, "digest of " + content, new ClipLength(121, 24)));
    Job job = stage.submitted();
    return stage.after(Duration.ofMinutes(1), job);
  }

  @Test
  void leavesANeighboursFileAlone() throws IOException {
    try (Stage stage = Stage.in(directory)) {
      Job job = stored(stage, 'a');
      Path mine = Files.writeString(directory.resolve("out.mp4.copy"), "mine");
      stage.videos.download(job.id(), directory.resolve("out.mp4"), Duration.ofSeconds(5));
      assertThat(mine).hasContent("mine");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("clip-a", "out.mp4", "out.mp4.copy");
      }
    }
  }

  @Test
  void twoCopiesToOneNameNeverMix() throws Exception {
    try (Stage stage = Stage.in(directory)) {
      List<Job> jobs = List.of(stored(stage, 'a'), stored(stage, 'b'));
      for (int round = 0; round < 10; round++) {
        Path target = directory.resolve("out-" + round + ".mp4");
        CyclicBarrier together = new CyclicBarrier(2);
        List<CompletableFuture<Clip>> copies = new ArrayList<>();
        for (Job job : jobs) {
          copies.add(copy(stage, job, target, together));
        }
        List<String> made = new ArrayList<>();
        for (CompletableFuture<Clip> copy : copies) {
          try {
            made.add(copy.get(10, TimeUnit.SECONDS).sha256());
          } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(FileAlreadyExistsException.class);
          }
        }
        assertThat(made).hasSize(1);
        String content = made.get(0).substring("digest of ".length());
        assertThat(target).hasContent(content.repeat(SIZE));
      }
    }
  }

  private static CompletableFuture<Clip> copy(
      Stage stage, Job job, Path target, CyclicBarrier together) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            together.await(10, TimeUnit.SECONDS);
            return stage.videos.download(job.id(), target, Duration.ofSeconds(5));
          } catch (UncheckedIOException e) {
            throw new CompletionException(e.getCause());
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        task -> new Thread(task).start());
  }
}
