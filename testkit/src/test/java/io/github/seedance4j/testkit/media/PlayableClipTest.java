package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlayableClipTest {

  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl");

  @ParameterizedTest
  @MethodSource("io.github.seedance4j.testkit.media.ProviderSizes#clips")
  void putsTheIndexBeforeTheData(ClipSpec spec) {
    byte[] file = PlayableClip.render(spec);
    assertThat(boxes(file, "ftyp")).hasSize(1);
    assertThat(topLevel(file)).containsExactly("ftyp", "moov", "mdat");
    assertThat(file.length).isLessThan(100_000);
  }

  @ParameterizedTest
  @MethodSource("io.github.seedance4j.testkit.media.ProviderSizes#clips")
  void indexesEverySampleOfTheData(ClipSpec spec) {
    byte[] file = PlayableClip.render(spec);
    ByteBuffer data = boxes(file, "mdat").get(0);
    int next = file.length - data.remaining();
    List<ByteBuffer> sizes = boxes(file, "stsz");
    List<ByteBuffer> offsets = boxes(file, "stco");
    List<ByteBuffer> times = boxes(file, "stts");
    assertThat(sizes).hasSize(spec.audio() ? 2 : 1);
    for (int track = 0; track < sizes.size(); track++) {
      ByteBuffer size = sizes.get(track);
      int samples = size.getInt(8);
      assertThat(samples).isEqualTo(track == 0 ? 121 : 236);
      assertThat(times.get(track).getInt(8)).isEqualTo(samples);
      assertThat(offsets.get(track).getInt(8)).isEqualTo(next);
      for (int i = 0; i < samples; i++) {
        next += size.getInt(4) == 0 ? size.getInt(12 + 4 * i) : size.getInt(4);
      }
    }
    assertThat(next).isEqualTo(file.length);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "97, 189", "121, 236", "361, 705", "10000, 19531"})
  void keepsTheSoundJustShorterThanThePicture(int frames, int audioFrames) {
    byte[] file = PlayableClip.render(new ClipSpec(640, 640, frames, true, List.of("task-1")));
    ByteBuffer audio = boxes(file, "stts").get(1);
    assertThat(audio.getInt(8)).isEqualTo(audioFrames);
    long samples = (long) audioFrames * audio.getInt(12);
    assertThat(samples).isBetween(frames * 2000L - 1023, frames * 2000L);
  }

  @Test
  void statesSizeAndLengthInTheHeaders() {
    byte[] file = PlayableClip.render(new ClipSpec(834, 1112, 121, true, List.of("task-1")));
    ByteBuffer movie = boxes(file, "mvhd").get(0);
    assertThat(movie.getInt(16) / (double) movie.getInt(12)).isEqualTo(121 / 24.0);
    ByteBuffer track = boxes(file, "tkhd").get(0);
    assertThat(track.getInt(76) >>> 16).isEqualTo(834);
    assertThat(track.getInt(80) >>> 16).isEqualTo(1112);
  }

  @Test
  void givesTheSameBytesForTheSameSpec() {
    ClipSpec spec = new ClipSpec(1280, 720, 121, true, List.of("task-1", "a dog"));
    ClipSpec equal = new ClipSpec(1280, 720, 121, true, new ArrayList<>(spec.caption()));
    ClipSpec other = new ClipSpec(1280, 720, 121, true, List.of("task-2", "a dog"));
    assertThat(PlayableClip.render(spec))
        .isEqualTo(PlayableClip.render(equal))
        .isNotEqualTo(PlayableClip.render(other));
  }

  @Test
  void rendersEverySizeAndAnyCaption() {
    String word = "x".repeat(300);
    List<String> caption = List.of("task-1", "a few words, then " + word, "\u6d77\u6ee9");
    for (int width = 16; width < 200; width += 6) {
      for (int height = 16; height < 200; height += 6) {
        assertThat(PlayableClip.render(new ClipSpec(width, height, 1, false, caption)))
            .isNotEmpty();
      }
    }
    assertThat(PlayableClip.render(new ClipSpec(64, 64, 1, false, List.of()))).isNotEmpty();
    assertThat(PlayableClip.render(new ClipSpec(640, 640, 1, false, List.of("", " "))))
        .isNotEmpty();
    assertThat(PlayableClip.render(new ClipSpec(4096, 4096, 1, false, caption))).isNotEmpty();
  }

  @Test
  void staysInTheLegalSampleRangeWhateverTheCaption() {
    for (int i = 0; i < 64; i++) {
      Picture picture = Picture.of(new ClipSpec(64, 64, 1, false, List.of("task-" + i)));
      for (int y = 0; y < 64; y++) {
        assertThat(picture.luma(y)).isBetween(16, 235 - Picture.DOT_LUMA);
        assertThat(picture.blue(y / 2)).isBetween(16, 240);
        assertThat(picture.red(y / 2)).isBetween(16, 240);
      }
    }
  }

  /**
   * The thread's own processor time, and the best of many: what runs beside it can't make it slow.
   * Takes 1 to 2 ms, so that ten times as much is noticed.
   */
  @Test
  void rendersWithinEightMillisecondsOnceWarm() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    assumeTrue(
        threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled(),
        "needs a Java runtime that measures the processor time of a thread");
    String prompt = "a dog runs on the beach ".repeat(200);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      ClipSpec spec = new ClipSpec(1470, 630, 361, true, List.of("task-" + i, prompt));
      long start = threads.getCurrentThreadCpuTime();
      PlayableClip.render(spec);
      best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(8));
  }

  private static List<String> topLevel(byte[] file) {
    List<String> types = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(file);
    while (rest.hasRemaining()) {
      types.add(next(rest).type());
    }
    return types;
  }

  /** The contents of all boxes of a type, in the order of the file. */
  private static List<ByteBuffer> boxes(byte[] file, String type) {
    List<ByteBuffer> found = new ArrayList<>();
    collect(ByteBuffer.wrap(file), type, found);
    return found;
  }

  private static void collect(ByteBuffer rest, String type, List<ByteBuffer> found) {
    while (rest.hasRemaining()) {
      Box box = next(rest);
      if (box.type().equals(type)) {
        found.add(box.content());
      } else if (CONTAINERS.contains(box.type())) {
        collect(box.content(), type, found);
      }
    }
  }

  /** Fails, by an exception, where a box is longer than what holds it. */
  private static Box next(ByteBuffer rest) {
    int size = rest.getInt();
    byte[] type = new byte[4];
    rest.get(type);
    ByteBuffer content = rest.slice(rest.position(), size - 8);
    rest.position(rest.position() + size - 8);
    return new Box(new String(type, StandardCharsets.US_ASCII), content);
  }

  private record Box(String type, ByteBuffer content) {}
}
