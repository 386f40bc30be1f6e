package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.Mp4Bytes.box;
import static io.github.seedance4j.adapter.http.Mp4Bytes.film;
import static io.github.seedance4j.adapter.http.Mp4Bytes.header;
import static io.github.seedance4j.adapter.http.Mp4Bytes.join;
import static io.github.seedance4j.adapter.http.Mp4Bytes.text;
import static io.github.seedance4j.adapter.http.Mp4Bytes.track;
import static io.github.seedance4j.adapter.http.Mp4Bytes.wideBox;
import static io.github.seedance4j.adapter.http.Mp4Bytes.wideHeader;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp4FileTest {

  private static final byte[] FTYP = box("ftyp", text("isomiso2"));
  private static final byte[] MDAT = box("mdat", new byte[100]);
  private static final byte[] VIDEO = track("vide", header(24, 121));

  @TempDir Path directory;

  private Mp4File.Verdict read(byte[]... parts) throws IOException {
    Path file = Files.createTempFile(directory, "clip", ".bin");
    Files.write(file, join(parts));
    try (FileChannel channel = FileChannel.open(file)) {
      return Mp4File.read(channel, channel.size(), true);
    }
  }

  private static Mp4File.Whole whole(long ticks, long perSecond) {
    return new Mp4File.Whole(new ClipLength(ticks, perSecond));
  }

  private static void assertTorn(Mp4File.Verdict verdict, String why) {
    assertThat(verdict).isEqualTo(new Mp4File.Torn(why));
  }

  @Test
  void takesTheVideoTracksLengthAndReducesIt() throws IOException {
    assertThat(read(Mp4Bytes.clip(1, 100))).isEqualTo(whole(121, 24));
  }

  @Test
  void takesTheFilmsLengthWhereThereIsNoVideoTrack() throws IOException {
    byte[] sound = track("soun", header(48_000, 240_000));
    assertThat(read(FTYP, film(sound), MDAT)).isEqualTo(whole(632, 125));
    assertThat(read(FTYP, film(track("vide", header(0, 7))), MDAT)).isEqualTo(whole(632, 125));
    assertThat(read(FTYP, film(track("vide", header(24, -1))), MDAT)).isEqualTo(whole(632, 125));
  }

  @Test
  void reads64BitSizesAndTimes() throws IOException {
    byte[] wide = wideBox("mdat", 116, new byte[100]);
    byte[] moov = film(track("vide", wideHeader(24_000, 121_000L)));
    assertThat(read(FTYP, wide, moov)).isEqualTo(whole(121, 24));
  }

  @Test
  void readsALastBoxThatRunsToTheEnd() throws IOException {
    byte[] open = ByteBuffer.allocate(58).putInt(0).put(text("mdat")).array();
    assertThat(read(FTYP, film(VIDEO), open)).isEqualTo(whole(121, 24));
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] clip = Mp4Bytes.clip(2, 60);
    for (int length = 0; length < clip.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(clip, length);
      assertThat(read(cut)).as("cut at " + length).isInstanceOf(Mp4File.Torn.class);
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertTorn(read(new byte[0]), "it is empty");
    assertTorn(read(film(VIDEO), MDAT), "it begins with no ftyp");
    assertTorn(read(FTYP, MDAT), "it has no moov");
    assertTorn(read(FTYP, film(VIDEO)), "it has no mdat");
    assertTorn(read(FTYP, box("moov", new byte[0]), MDAT), "its moov tells no length");
    assertTorn(read(FTYP, film(VIDEO), MDAT, new byte[3]), endsAt(FTYP, film(VIDEO), MDAT));
  }

  private static String endsAt(byte[]... parts) {
    return "the box at byte " + join(parts).length + " does not fit";
  }

  @Test
  void refusesSizesThatLie() throws IOException {
    for (long size : new long[] {0, 8, 15, 1L << 62, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      assertThat(read(FTYP, film(VIDEO), wideBox("mdat", size, new byte[50])))
          .as("size " + size)
          .isInstanceOf(Mp4File.Torn.class);
    }
    for (int size : new int[] {2, 7, -1}) {
      byte[] box = ByteBuffer.allocate(50).putInt(size).put(text("mdat")).array();
      assertThat(read(FTYP, film(VIDEO), box)).as("size " + size).isInstanceOf(Mp4File.Torn.class);
    }
  }

  @Test
  void givesUpOnFilesMadeOfNothingButBoxes() throws IOException {
    byte[] many = new byte[8 * 30_000];
    ByteBuffer buffer = ByteBuffer.wrap(many);
    while (buffer.hasRemaining()) {
      buffer.putInt(8).put(text("free"));
    }
    assertThat(read(FTYP, many, film(VIDEO), MDAT)).isInstanceOf(Mp4File.Torn.class);
    assertThat(read(FTYP, box("moov", many), MDAT)).isInstanceOf(Mp4File.Torn.class);
  }

  @Test
  void survivesNoise() {
    Seeds.checkRandom(
        300,
        random -> {
          byte[] clip = Mp4Bytes.clip(random.nextLong(), 40);
          for (int flips = random.nextInt(6); flips >= 0; flips--) {
            clip[8 + random.nextInt(clip.length - 8)] = (byte) random.nextInt();
          }
          assertThat(read(clip)).isNotNull();
        });
  }

  @Test
  void readsWhatFfmpegWrites() throws Exception {
    Path file = directory.resolve("real.mp4");
    Process ffmpeg;
    try {
      ffmpeg =
          new ProcessBuilder(
                  "ffmpeg",
                  "-v",
                  "error",
                  "-f",
                  "lavfi",
                  "-i",
                  "testsrc=size=64x64:rate=24",
                  "-f",
                  "lavfi",
                  "-i",
                  "sine",
                  "-t",
                  "5.0416",
                  "-frames:v",
                  "121",
                  file.toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      Assumptions.abort("ffmpeg is not here: apt-get install ffmpeg");
      return;
    }
    assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(Mp4File.read(channel, channel.size(), true)).isEqualTo(whole(121, 24));
    }
  }
}
