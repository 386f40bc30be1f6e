package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.RetryLaterException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a download when the disk has no room, at whatever step it says so. */
class FullDiskTest extends DownloadFixture {

  /** The first and last bytes, the edges of what is written at once, and others in between. */
  static LongStream offsets() {
    long[] edges = {0, 1, 2, CLIP.length - 2, CLIP.length - 1, 65_535, 65_536, 65_537, 131_072};
    return LongStream.concat(
        LongStream.of(edges), LongStream.rangeClosed(1, 11).map(i -> i * CLIP.length / 12));
  }

  @ParameterizedTest
  @MethodSource("offsets")
  void goesOnFromWhereTheDiskWasFull(long room) throws Exception {
    FullDisk disk = FullDisk.withRoomFor(room);
    try (WireServer server = serving();
        ClipDownloads downloads = ClipDownloads.open(SANDBOX, disk)) {
      for (int i = 0; i < 2; i++) { // trying again in vain harms nothing
        assertThatThrownBy(() -> downloads.fetch(link(server), target(), progress -> {}))
            .isExactlyInstanceOf(FileSystemException.class)
            .hasMessage(
                target()
                    + ".part: No space left on device; put the disk right, and the next attempt"
                    + " goes on with what came");
        assertThat(target()).doesNotExist();
        assertThat(Files.readAllBytes(directory.resolve("dog.mp4.part")))
            .startsWith(Arrays.copyOf(CLIP, (int) Math.min(room, CLIP.length - 1)));
      }
      disk.free();
      assertThat(downloads.fetch(link(server), target(), progress -> {}).sha256())
          .isEqualTo(sha256(CLIP));
      assertThat(from(server.requests().get(2))).isEqualTo((int) room);
    }
    assertThat(target()).hasBinaryContent(CLIP);
    assertThat(files()).containsExactly("dog.mp4");
  }

  @ParameterizedTest
  @EnumSource(FullDisk.Step.class)
  void isWholeOnceThereIsRoomWhateverWasRefused(FullDisk.Step step) throws Exception {
    FullDisk disk = FullDisk.at(step);
    try (WireServer server = serving();
        ClipDownloads downloads = ClipDownloads.open(SANDBOX, disk)) {
      assertThatThrownBy(() -> downloads.fetch(link(server), target(), progress -> {}))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("No space left on device");
      if (Files.exists(target())) { // the name was given: then it is for a whole clip
        assertThat(target()).hasBinaryContent(CLIP);
      }
      disk.free();
      assertThat(downloads.fetch(link(server), target(), progress -> {}).path())
          .isEqualTo(target());
    }
    assertThat(target()).hasBinaryContent(CLIP);
    assertThat(files()).containsExactly("dog.mp4");
  }

  /** After a failed sync the system may have dropped what it could not write, and say yes next. */
  @Test
  void trustsNothingThatTheDiskFailedToSync() throws Exception {
    AtomicInteger syncs = new AtomicInteger();
    Disk disk =
        new Disk() {
          @Override
          public void force(FileChannel channel, boolean metadata) throws IOException {
            if (syncs.incrementAndGet() == 1) {
              throw new IOException("Input/output error");
            }
            Disk.super.force(channel, metadata);
          }
        };
    try (WireServer server = serving();
        ClipDownloads downloads = ClipDownloads.open(SANDBOX, disk)) {
      assertThatThrownBy(() -> downloads.fetch(link(server), target(), progress -> {}))
          .hasMessageContaining("Input/output error");
      downloads.fetch(link(server), target(), progress -> {});
      assertThat(from(server.requests().get(1))).isZero();
    }
  }

  /** What the state said before is still true, and the bytes it speaks of are still there. */
  @Test
  void keepsTheOldStateWhereANewOneFindsNoRoom() throws Exception {
    Path state = directory.resolve("dog.mp4.part.state");
    Files.write(directory.resolve("dog.mp4.part"), Arrays.copyOf(CLIP, 5000));
    String before = ETAG + "\n" + CLIP.length + "\n5000\n";
    Files.writeString(state, before);
    try (WireServer server = serving();
        ClipDownloads downloads = ClipDownloads.open(SANDBOX, FullDisk.at(FullDisk.Step.REPLACE))) {
      assertThatThrownBy(() -> downloads.fetch(link(server), target(), progress -> {}))
          .isInstanceOf(IOException.class);
      assertThat(state).hasContent(before);
      download(server);
      assertThat(from(server.requests().get(1))).isEqualTo(5000);
    }
    assertThat(target()).hasBinaryContent(CLIP);
  }

  /** A crash came between the clip's name and the part's removal: both are one file. */
  @ParameterizedTest
  @EnumSource(Remnant.class)
  void leavesAClipAloneWhosePartWasNotRemoved(Remnant remnant) throws Exception {
    try (WireServer server = breakingOnce()) {
      Path name = directory.resolve(remnant.name);
      Files.write(name, CLIP);
      Files.createLink(directory.resolve("dog.mp4.part"), name);
      if (remnant.state != null) {
        Files.writeString(directory.resolve("dog.mp4.part.state"), remnant.state);
      }
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThat(name).hasBinaryContent(CLIP);
      download(server);
      assertThat(name).hasBinaryContent(CLIP);
      assertThat(target()).hasBinaryContent(CLIP);
    }
  }

  /** What such a crash may leave behind. */
  enum Remnant {
    WITH_STATE("dog.mp4", ETAG + "\n" + CLIP.length + "\n1000\n"),
    WITHOUT_STATE("dog.mp4", null),
    UNDER_ANOTHER_NAME("dog-1.mp4", ETAG + "\n" + CLIP.length + "\n1000\n"),
    NOT_VERIFIED("dog.unverified.mp4", null);

    private final String name;
    private final String state;

    Remnant(String name, String state) {
      this.name = name;
      this.state = state;
    }
  }

  private static WireServer serving() throws IOException {
    return new WireServer(
        (request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length));
  }
}
