package io.github.seedance4j.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MediaHeaderTest {

  private static final int MUTANTS = 10_000;

  /** What reading may take in, whatever a header says. */
  private static final long MOST_BYTES = 4L << 20;

  /** What reading may take, whatever a header says. */
  private static final Duration MOST_TIME = Duration.ofMillis(50);

  /** Counts what is read. */
  private static final class Counted implements MediaBytes {
    private final byte[] bytes;
    private final long size;
    private long read;

    Counted(byte[] bytes, long size) {
      this.bytes = bytes;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public byte[] read(long at, int most) {
      int length = (int) Math.min(most, size - at);
      read += length;
      byte[] part = new byte[length]; // what lies behind the bytes is empty
      int known = (int) Math.max(0, Math.min(length, bytes.length - at));
      if (known > 0) {
        System.arraycopy(bytes, (int) at, part, 0, known);
      }
      return part;
    }
  }

  private static MediaFacts read(byte[] bytes) throws IOException {
    return MediaHeader.read(new Counted(bytes, bytes.length));
  }

  static Stream<Arguments> pictures() {
    return Stream.of(
        arguments(MediaFormat.PNG, Samples.png(1280, 720), 1280, 720),
        arguments(MediaFormat.JPEG, Samples.jpeg(640, 360), 640, 360),
        arguments(MediaFormat.GIF, Samples.gif(320, 240), 320, 240),
        arguments(MediaFormat.WEBP, Samples.lossyWebp(640, 361), 640, 361),
        arguments(MediaFormat.WEBP, Samples.losslessWebp(641, 360), 641, 360),
        arguments(MediaFormat.WEBP, Samples.extendedWebp(16_384, 2), 16_384, 2));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void tellsASizeOfPictures(MediaFormat format, byte[] picture, int width, int height)
      throws IOException {
    assertThat(read(picture))
        .isEqualTo(new MediaFacts(format, picture.length, width, height, null, 0, ""));
  }

  static Stream<Arguments> sounds() {
    return Stream.of(
        arguments(MediaFormat.WAV, Samples.wav(44_100, 2, 441_000), new ClipLength(5, 2)),
        arguments(MediaFormat.MP3, Samples.mp3("Xing", 100), new ClipLength(128, 49)),
        arguments(
            MediaFormat.MP3,
            Samples.concat(Samples.id3(1_000), Samples.mp3("Info", 100)),
            new ClipLength(128, 49)),
        arguments(MediaFormat.MP3, Samples.mp3("", 0), new ClipLength(2, 1)));
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void tellsTheLengthOfSounds(MediaFormat format, byte[] sound, ClipLength length)
      throws IOException {
    assertThat(read(sound)).isEqualTo(new MediaFacts(format, sound.length, 0, 0, length, 0, ""));
  }

  static Stream<Arguments> films() {
    return Stream.of(
        arguments(MediaFormat.MP4, Samples.film("isom", 0, 121, 24), 121, new ClipLength(121, 24)),
        arguments(MediaFormat.MP4, Samples.film("isom", 1, 121, 24), 121, new ClipLength(121, 24)),
        arguments(MediaFormat.MOV, Samples.film("qt  ", 0, 150, 30), 150, new ClipLength(5, 1)));
  }

  @ParameterizedTest
  @MethodSource("films")
  void tellsTheExactLengthOfAClipsPictures(
      MediaFormat format, byte[] film, int frames, ClipLength length) throws IOException {
    assertThat(read(film))
        .isEqualTo(new MediaFacts(format, film.length, 1280, 720, length, frames, "avc1"));
  }

  private static byte[] pictures(int version, long shown) {
    return Samples.track("vide", version, shown, 72, 24);
  }

  static Stream<Arguments> longerThanTheirFirstPictures() {
    byte[] three = Samples.mvhd(0, 3_000, 1_000);
    return Stream.of(
        arguments("rounded up", Samples.mvhd(0, 3_001, 1_000), pictures(0, 3_001), 3, 72),
        arguments("of another track", three, Samples.track("vide", 0, 0, 288, 24), 12, 0),
        arguments("of its sound", three, Samples.track("soun", 1, 0, 576_000, 48_000), 12, 0),
        arguments("cut off", three, Samples.track("soun", 0, 3_000, 145_408, 48_000), 3, 72),
        arguments("of the film", Samples.mvhd(0, 8_000, 1_000), new byte[0], 8, 0),
        arguments("wide", Samples.mvhd(1, 8_000, 1_000), new byte[0], 8, 0),
        arguments("behind a pause", three, pictures(0, 8_000), 8, 0),
        arguments("behind a pause, wide", three, pictures(1, 8_000), 8, 0),
        arguments("nobody knows", three, pictures(0, 0xFFFF_FFFFL), 3, 72),
        arguments("nobody knows, wide", three, pictures(1, -1), 3, 72),
        arguments("in fragments", three, Samples.fragmented(0, 12_000), 12, 0),
        arguments("in fragments, wide", three, Samples.fragmented(1, 12_000), 12, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("longerThanTheirFirstPictures")
  void neverTellsLessThanWhateverLastsLongest(
      String what, byte[] film, byte[] more, int seconds, int frames) throws IOException {
    MediaFacts facts = read(Samples.filmOf(film, pictures(0, 3_000), more));
    assertThat(facts.length()).isEqualTo(new ClipLength(seconds, 1));
    assertThat(facts.frames()).as("of that length").isEqualTo(frames);
  }

  static Stream<byte[]> ofUnknownLength() {
    byte[] first = Samples.mvhd(0, 1_024, 1_000);
    return Stream.of(
        Samples.film("isom", 0, 0, 24),
        Samples.filmOf(first, pictures(0, 1_024), Samples.fragmented(0, -1)),
        Samples.filmOf(first, pictures(0, 1_024), Samples.fragmented(0, 0)),
        Samples.filmOf(Samples.fragmented(1, -1), first, pictures(1, 1_024)),
        Samples.filmOf(pictures(0, 1_024), Samples.fragmented(0, 12_000)));
  }

  @ParameterizedTest
  @MethodSource("ofUnknownLength")
  void tellsNoLengthOfAFilmWhoseFragmentsNobodyCounted(byte[] film) throws IOException {
    MediaFacts facts = read(film);
    assertThat(facts.length()).isNull();
    assertThat(facts.frames()).isZero();
    assertThat(facts.width()).isEqualTo(1280);
  }

  @Test
  void takesARecordingThatWasWrittenOnTheFlyForWhatIsThere() throws IOException {
    byte[] wav = Samples.wav(8_000, 1, 32_000);
    Arrays.fill(wav, wav.length - 32_004, wav.length - 32_000, (byte) 0xFF);
    assertThat(read(wav).length()).isEqualTo(new ClipLength(2, 1));
  }

  static Stream<Arguments> unreadable() {
    byte[] film = Samples.film("isom", 0, 121, 24);
    byte[] sound = Samples.filmOf(Samples.track("soun", 0, 0, 48_000, 48_000));
    return Stream.of(
        arguments(new byte[0], "it is empty"),
        arguments(
            new byte[20], "it is no JPEG, PNG, WebP, GIF, MP4, MOV, WAV or MP3 by its first bytes"),
        arguments(
            Samples.ascii("hello"),
            "it is a text file, and no picture, video or sound: is it the right one?"),
        arguments(
            Samples.concat(Samples.box("ftyp", Samples.ascii("heic\0\0\0\0")), new byte[20]),
            "it is HEIC, which is not taken: save it as JPEG or PNG"),
        arguments(
            Samples.concat(Samples.box("ftyp", Samples.ascii("M4A \0\0\0\0")), new byte[20]),
            "it is M4A (sound alone), which is not taken: convert it to WAV or MP3, ffmpeg -i"
                + " sound.m4a sound.mp3"),
        arguments(
            Samples.concat(
                Samples.ascii("\u001aE\u00df\u00a3\u0042\u0082\u0084webm"), new byte[20]),
            "it is WebM, which is not taken: ffmpeg -i clip.webm clip.mp4"),
        arguments(
            Samples.concat(
                Samples.ascii("\u001aE\u00df\u00a3\u0042\u0082\u0088matroska"), new byte[9]),
            "it is Matroska (MKV), which is not taken: ffmpeg -i clip.mkv clip.mp4"),
        arguments(Arrays.copyOf(film, 600), "it has no moov: it was cut, or is of another kind"),
        arguments(
            sound,
            "it is M4A (sound alone), which is not taken: convert it to WAV or MP3, ffmpeg -i"
                + " sound.m4a sound.mp3"),
        arguments(Samples.filmOf(new byte[0]), "it has no picture"),
        arguments(Arrays.copyOf(Samples.png(1, 1), 18), "it ends before its header does"),
        arguments(Samples.png(0, 720), "it says to be 0 by 720 pixels"),
        arguments(
            new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9},
            "it tells no size before its picture begins"),
        arguments(Samples.id3(100), "no MPEG frame follows its tag"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void saysWhyAHeaderCannotBeRead(byte[] bytes, String why) {
    assertThatThrownBy(() -> read(bytes))
        .isExactlyInstanceOf(InvalidRequestException.class)
        .hasMessage(why);
  }

  @Test
  void readsAFileWhateverItIsCalled(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("picture.txt"), Samples.png(300, 400));
    assertThat(MediaHeader.read(file).format()).isEqualTo(MediaFormat.PNG);
    assertThatThrownBy(() -> MediaHeader.read(folder)).hasMessage("it is a directory");
  }

  static Stream<byte[]> endless() {
    byte[] waves = Samples.wav(8_000, 1, 32_000);
    return Stream.of(
        Arrays.copyOf(waves, 12), // behind each: nothing but zeros
        Samples.concat(new byte[] {(byte) 0xFF, (byte) 0xD8}, filled(1 << 20, (byte) 0xFF)),
        Samples.concat(Samples.ascii("ID3"), new byte[20]),
        Samples.concat(Samples.box("ftyp", Samples.ascii("isom")), boxes(40_000)));
  }

  private static byte[] filled(int length, byte with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, with);
    return bytes;
  }

  private static byte[] boxes(int number) {
    byte[][] boxes = new byte[number][];
    Arrays.fill(boxes, Samples.box("free", new byte[0]));
    return Samples.concat(boxes);
  }

  @ParameterizedTest
  @MethodSource("endless")
  void givesUpOnAHeaderOfTooManyParts(byte[] header) {
    assertThatThrownBy(() -> MediaHeader.read(new Counted(header, 1L << 40)))
        .isExactlyInstanceOf(InvalidRequestException.class)
        .hasMessage("it is made of too many parts");
  }

  @Test
  void namesTheFileInTheCommandThatConvertsIt(@TempDir Path folder) throws IOException {
    byte[] matroska = Samples.concat(Samples.ascii("\u001aE\u00df\u00a3"), new byte[40]);
    Path plain = Files.write(folder.resolve("clip.mkv"), matroska);
    Path odd = Files.write(folder.resolve("it's mine.mp4"), matroska);
    assertThatThrownBy(() -> MediaHeader.read(plain))
        .hasMessageEndingWith(": ffmpeg -i clip.mkv clip.mp4");
    assertThatThrownBy(() -> MediaHeader.read(odd))
        .hasMessageEndingWith(": ffmpeg -i 'it'\\''s mine.mp4' 'new-it'\\''s mine.mp4'");
  }

  @Test
  @Timeout(20)
  void waitsForNoPipe(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe.mp4");
    Process made = null;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start();
      made.waitFor();
    } catch (IOException e) {
      // said below
    }
    assumeThat(made != null && made.exitValue() == 0).as("mkfifo, as on POSIX").isTrue();
    assertThatThrownBy(() -> MediaHeader.read(pipe))
        .isExactlyInstanceOf(InvalidRequestException.class)
        .hasMessage("it is a pipe or a device, and no file: save it as one first");
  }

  @Test
  void comesToAnEndSoonWhateverIsInAHeader() throws IOException {
    readMutants(MUTANTS / 10); // what is compiled and loaded once is not the header's doing
    Mutants all = readMutants(MUTANTS);
    assertThat(all.readable()).as("still readable").isBetween(MUTANTS / 20, MUTANTS * 19 / 20);
    assertThat(all.slowest())
        .as("processor time of the slowest, mutant %d", all.slowestAt())
        .isLessThanOrEqualTo(MOST_TIME);
  }

  private record Mutants(int readable, Duration slowest, int slowestAt) {}

  /** By this thread's processor time: how long it was kept waiting says nothing of a header. */
  private static Mutants readMutants(int number) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Random random = new Random(20_261_122);
    byte[][] samples = Samples.all().values().toArray(new byte[0][]);
    int readable = 0;
    long slowest = -1;
    int slowestAt = -1;
    for (int i = 0; i < number; i++) {
      byte[] mutant = mutated(samples[i % samples.length], random);
      long size = random.nextInt(8) == 0 ? Long.MAX_VALUE >> random.nextInt(30) : mutant.length;
      Counted bytes = new Counted(mutant, size);
      long took = Long.MAX_VALUE;
      boolean isRead = false;
      // a page that is fetched or a class that is verified meanwhile doesn't come twice
      for (int again = 0; again < 3 && took > MOST_TIME.toNanos(); again++) {
        bytes.read = 0;
        long began = threads.getCurrentThreadCpuTime();
        isRead = isRead(bytes, i);
        took = Math.min(took, threads.getCurrentThreadCpuTime() - began);
      }
      readable += isRead ? 1 : 0;
      if (took > slowest) {
        slowest = took;
        slowestAt = i;
      }
      assertThat(bytes.read).as("mutant %d", i).isLessThanOrEqualTo(MOST_BYTES);
    }
    return new Mutants(readable, Duration.ofNanos(slowest), slowestAt);
  }

  private static boolean isRead(Counted bytes, int number) throws IOException {
    try {
      assertThat(MediaHeader.read(bytes).size()).isEqualTo(bytes.size());
      return true;
    } catch (InvalidRequestException e) {
      assertThat(e.getMessage()).as("mutant %d", number).isNotBlank();
      return false;
    }
  }

  /** Some of its first bytes are others, a few of them those that hurt; it may be cut. */
  private static byte[] mutated(byte[] sample, Random random) {
    byte[] mutant =
        random.nextInt(6) == 0
            ? Arrays.copyOf(sample, random.nextInt(sample.length))
            : sample.clone();
    byte[] hurts = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};
    int header = Math.min(mutant.length, 200);
    for (int i = random.nextInt(8); i >= 0 && mutant.length > 0; i--) {
      int at =
          random.nextBoolean()
              ? random.nextInt(header)
              : mutant.length - 1 - random.nextInt(header);
      mutant[at] =
          random.nextBoolean() ? hurts[random.nextInt(hurts.length)] : (byte) random.nextInt(256);
    }
    return mutant;
  }
}
