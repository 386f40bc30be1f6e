package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.RetryLaterException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What came, and is no clip that we understand. */
class UnverifiedClipTest extends DownloadFixture {

  /** A fragmented MP4: players take it, but no track tells its length. */
  private static final byte[] FRAGMENTED =
      Mp4Bytes.join(
          Mp4Bytes.box("ftyp", Mp4Bytes.text("iso5iso6")),
          Mp4Bytes.box("moov", Mp4Bytes.track("vide", Mp4Bytes.header(12_288, 0))),
          Mp4Bytes.box("moof", new byte[100]),
          Mp4Bytes.box("mdat", new byte[500_000]));

  private static WireServer announcing(byte[] bytes) throws IOException {
    return new WireServer((request, peer) -> sendFrom(peer, bytes, 0, ETAG, bytes.length));
  }

  private static WireServer announcingNothing(byte[] bytes) throws IOException {
    return new WireServer(
        (request, peer) -> {
          peer.send("HTTP/1.1 200 OK\r\n\r\n");
          peer.send(bytes);
          peer.drop();
        });
  }

  @Test
  void keepsAWholeTransferThatItDoesNotUnderstand() throws Exception {
    try (WireServer server = announcing(FRAGMENTED)) {
      assertThatThrownBy(() -> download(server))
          .isExactlyInstanceOf(GiveUpException.class)
          .hasMessage(
              "all %d bytes came from 127.0.0.1, but as an MP4 they can't be read (its moov tells"
                  + " no length); they are kept in %s",
              FRAGMENTED.length, directory.resolve("dog.unverified.mp4"));
      assertThat(files()).containsExactly("dog.unverified.mp4");
      assertThat(directory.resolve("dog.unverified.mp4")).hasBinaryContent(FRAGMENTED);
    }
  }

  @Test
  void keepsTheSameBytesOnce() throws Exception {
    try (WireServer server = announcing(FRAGMENTED)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> download(server))
            .hasMessageEndingWith("kept in " + directory.resolve("dog.unverified.mp4"));
      }
      assertThat(files()).containsExactly("dog.unverified.mp4");
    }
  }

  @Test
  void keepsOtherBytesUnderAnotherName() throws Exception {
    Files.writeString(directory.resolve("dog.unverified.mp4"), "mine");
    try (WireServer server = announcing(FRAGMENTED)) {
      assertThatThrownBy(() -> download(server)).hasMessageContaining("dog.unverified-1.mp4");
      assertThat(directory.resolve("dog.unverified.mp4")).hasContent("mine");
    }
  }

  @Test
  void takesTheNameAsItIsWhereItEndsOtherwise() {
    assertThat(Publication.unverified(directory.resolve("a.mov")))
        .isEqualTo(directory.resolve("a.mov.unverified.mp4"));
  }

  @Test
  void publishesTheClipOnceItIsOne() throws Exception {
    try (WireServer odd = announcing(FRAGMENTED);
        WireServer good = announcing(CLIP)) {
      assertThatThrownBy(() -> download(odd)).isExactlyInstanceOf(GiveUpException.class);
      assertThat(download(good).path()).isEqualTo(target()).hasBinaryContent(CLIP);
    }
  }

  @Test
  void removesWhatNobodyAnnounced() throws Exception {
    try (WireServer server = announcingNothing(FRAGMENTED)) {
      assertThatThrownBy(() -> download(server))
          .isInstanceOf(RetryLaterException.class)
          .hasMessage("what 127.0.0.1 sent is no whole MP4: its moov tells no length");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void keepsNothingOfAnEmptyAnswer() throws Exception {
    try (WireServer server = announcing(new byte[0])) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void neverTakesACutTransferForWhole() throws Exception {
    byte[] endless = Mp4Bytes.clip(7, 900_000);
    ByteBuffer.wrap(endless).putInt(endless.length - 900_000 - 8, 0); // mdat "to the end"
    try (WireServer server = announcingNothing(Arrays.copyOf(endless, endless.length / 2))) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(RetryLaterException.class);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void letsNobodyInBeforeWhoPublishedIsOut() throws Exception {
    try (PartFile first = PartFile.open(Disk.REAL, target())) {
      first.startOver();
      first.remember(ETAG, CLIP.length);
      first.write(CLIP, CLIP.length);
      first.publish(first.sha256());
      // a latecomer's open file could be the clip itself by now
      assertThatThrownBy(() -> PartFile.open(Disk.REAL, target()))
          .isInstanceOf(RetryLaterException.class);
    }
    try (PartFile next = PartFile.open(Disk.REAL, target())) {
      next.startOver();
    }
    assertThat(target()).hasBinaryContent(CLIP);
  }
}
