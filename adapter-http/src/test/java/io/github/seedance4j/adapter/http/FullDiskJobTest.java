package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A paid clip and a full disk: the job stays as it is, says so, and ends well once there is room.
 */
class FullDiskJobTest extends DownloadFixture {

  private static final String FULL = "No space left on device";

  /** Of the fake's clip; its seed is fixed. */
  private static final long SIZE = 17_460;

  /** In thousandths of the clip. */
  static IntStream offsets() {
    return IntStream.concat(
        IntStream.of(0, 1, 998, 999), IntStream.rangeClosed(1, 16).map(i -> i * 1000 / 17));
  }

  @ParameterizedTest
  @MethodSource("offsets")
  void staysRetryableHoweverMuchFits(int permille) throws Exception {
    VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
    FullDisk disk = FullDisk.withRoomFor(permille * SIZE / 1000);
    try (FakeTokenHub hub =
            FakeTokenHub.builder()
                .clock(time.clock())
                .billing(Billing.REAL_LENGTH)
                .seed(7)
                .start();
        ClipDownloads downloads = ClipDownloads.open(SANDBOX, disk);
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), SANDBOX))
                .fetcher(downloads)
                .clipFiles(job -> target())
                .executor(Runnable::run)
                .time(time)
                .build()) {
      Job job = submitted(videos);
      CompletableFuture<Job> waiting = videos.awaitAsync(job.id(), Duration.ofDays(30));
      time.advance(Duration.ofHours(3));

      Job now = videos.find(job.id()).orElseThrow();
      assertThat(now.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(now.note().orElseThrow()).contains(target() + ".part").contains(FULL);
      assertThat(catchThrowable(waiting::join))
          .hasCauseExactlyInstanceOf(RetryLaterException.class)
          .hasRootCauseMessage(FULL);
      assertThat(target()).doesNotExist();

      disk.free();
      time.advance(Duration.ofHours(3));
      Job done = videos.find(job.id()).orElseThrow();
      assertThat(done.state()).isEqualTo(JobState.STORED);
      assertThat(done.note()).isEmpty();
      byte[] made = hub.clip(job.taskId().orElseThrow().value());
      assertThat(made.length).isEqualTo(SIZE);
      assertThat(target()).hasBinaryContent(made);
      assertThat(files()).containsExactly("dog.mp4");
      LedgerAssertions.assertThat(hub.ledger()).chargedExactlyOnce(done).agreesWith(videos.spend());
    }
  }

  /** The same on a disk that is really full, of 4 KiB blocks, with none to twenty of them free. */
  @Test
  void goesOnFromWhereAFileSystemWasFull() throws Exception {
    try (SmallFileSystem small = SmallFileSystem.mount(directory.resolve("small"));
        WireServer server =
            new WireServer(
                (request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length));
        ClipDownloads downloads = ClipDownloads.open(SANDBOX)) {
      for (int blocks = 0; blocks < 20; blocks++) {
        Path target = small.root().resolve("dog.mp4");
        small.fillUpTo(blocks * 4096);
        assertThatThrownBy(() -> downloads.fetch(link(server), target, progress -> {}))
            .as(blocks + " blocks")
            .isInstanceOf(FileSystemException.class)
            .hasMessageContaining(target.toString())
            .hasMessageContaining(FULL);
        assertThat(target).doesNotExist();
        small.empty();
        assertThat(downloads.fetch(link(server), target, progress -> {}).sha256())
            .isEqualTo(sha256(CLIP));
        assertThat(target).hasBinaryContent(CLIP);
        assertThat(small.root().toFile().list()).containsExactly("dog.mp4");
        SmallFileSystem.remove(target);
      }
    }
  }

  /** A tmpfs of 2 MiB. */
  private record SmallFileSystem(Path root) implements AutoCloseable {

    static SmallFileSystem mount(Path root) throws IOException {
      Files.createDirectories(root);
      if (!runs("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", root.toString())) {
        abort("only root may mount a small file system here: run it as root on Linux");
      }
      return new SmallFileSystem(root);
    }

    /** Leaves that many bytes: by what it takes, since what it says is free is a guess. */
    void fillUpTo(int left) throws IOException {
      try (FileChannel ballast =
          FileChannel.open(
              root.resolve("ballast"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        try {
          while (true) {
            ballast.write(ByteBuffer.allocate(4096));
          }
        } catch (IOException full) {
          ballast.truncate(ballast.size() - left);
        }
      }
    }

    void empty() throws IOException {
      remove(root.resolve("ballast"));
    }

    /** Gives its blocks back at once: a process that another test begins may have it open still. */
    static void remove(Path file) throws IOException {
      FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
      Files.delete(file);
    }

    @Override
    public void close() throws IOException {
      if (!runs("umount", "--lazy", root.toString())) {
        throw new IOException(root + " can't be unmounted");
      }
    }

    private static boolean runs(String... command) {
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      } catch (IOException e) {
        return false; // there is no such command
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private static Job submitted(VideoGeneration videos) {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0)
            .prompt("a dog")
            .resolution(Resolution.P480)
            .duration(Duration.ofSeconds(4))
            .build();
    return videos
        .submit(draft)
        .match(
            accepted -> accepted,
            refused -> {
              throw new AssertionError(refused);
            },
            over -> {
              throw new AssertionError(over);
            },
            unknown -> {
              throw new AssertionError(unknown);
            });
  }
}
