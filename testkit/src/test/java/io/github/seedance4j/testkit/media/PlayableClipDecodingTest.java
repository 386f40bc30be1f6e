package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real decoder makes of the clips. */
class PlayableClipDecodingTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("io.github.seedance4j.testkit.media.ProviderSizes#clips")
  void probesAsWhatTheProviderDelivers(ClipSpec spec) throws Exception {
    String video =
        "h264,Constrained Baseline,%d,%d,yuv420p,24/1,24/1,5.041667,121,121"
            .formatted(spec.width(), spec.height());
    String audio = "aac,LC,48000,1,0/0,0/0,5.034667,236,236";
    assertThat(
            probe(
                spec,
                "-count_frames", // decodes them all
                "-show_entries",
                "stream=codec_name,profile,width,height,pix_fmt,sample_rate,channels,r_frame_rate,"
                    + "avg_frame_rate,duration,nb_frames,nb_read_frames:format=duration"))
        .containsExactlyElementsOf(
            spec.audio() ? List.of(video, audio, "5.041667") : List.of(video, "5.041667"));
  }

  @ParameterizedTest
  @CsvSource({"16, 16, 10", "640, 640, 30", "864, 496, 31", "1280, 720, 31", "1470, 630, 32"})
  void statesTheLowestLevelThatAllowsTheSize(int width, int height, int level) throws Exception {
    ClipSpec spec = new ClipSpec(width, height, 2, false, List.of("task-1"));
    assertThat(probe(spec, "-show_entries", "stream=level")).containsExactly("" + level);
  }

  @ParameterizedTest
  @CsvSource({"496, 864", "834, 1112", "1470, 630", "64, 16"})
  void decodesToTheDrawnPictureInEveryFrame(int width, int height) throws Exception {
    String prompt = "The quick brown fox jumps over 13 lazy dogs! (#$%&*+-/:;<=>?@[]^_{|}~) ";
    List<String> caption = List.of("task-7f3a9c1d2", prompt.repeat(9));
    ClipSpec spec = new ClipSpec(width, height, 3, false, caption);
    ExternalTool ffmpeg = ExternalTool.required("ffmpeg", "ffmpeg");
    byte[] decoded =
        ffmpeg.run(
            directory,
            "-v",
            "warning",
            "-i",
            write(spec),
            "-f",
            "rawvideo",
            "-pix_fmt",
            "yuv420p",
            "-");
    byte[] drawn = samples(Picture.of(spec), spec);
    ByteArrayOutputStream threeTimes = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      threeTimes.writeBytes(drawn);
    }
    assertThat(decoded).isEqualTo(threeTimes.toByteArray());
  }

  @Test
  void decodesLongClipsPastTheWrapOfTheFrameNumber() throws Exception {
    ClipSpec spec = new ClipSpec(64, 64, 600, true, List.of());
    assertThat(probe(spec, "-count_frames", "-show_entries", "stream=nb_read_frames"))
        .containsExactly("600", "1171");
  }

  private List<String> probe(ClipSpec spec, String... what) throws Exception {
    ExternalTool ffprobe = ExternalTool.required("ffmpeg", "ffprobe");
    String[] arguments = new String[what.length + 5];
    System.arraycopy(new String[] {"-v", "warning", "-of", "csv=p=0"}, 0, arguments, 0, 4);
    System.arraycopy(what, 0, arguments, 4, what.length);
    arguments[arguments.length - 1] = write(spec);
    byte[] output = ffprobe.run(directory, arguments);
    return new String(output, StandardCharsets.UTF_8).lines().toList();
  }

  private String write(ClipSpec spec) throws Exception {
    return Files.write(directory.resolve("clip.mp4"), PlayableClip.render(spec)).toString();
  }

  private static byte[] samples(Picture picture, ClipSpec spec) {
    ByteArrayOutputStream planes = new ByteArrayOutputStream();
    for (int y = 0; y < spec.height(); y++) {
      for (int x = 0; x < spec.width(); x++) {
        planes.write(picture.luma(y) + Picture.DOT_LUMA * picture.dot(x / 4, y / 4));
      }
    }
    for (int i = 0; i < spec.width() / 2 * (spec.height() / 2); i++) {
      planes.write(picture.blue(i / (spec.width() / 2)));
    }
    for (int i = 0; i < spec.width() / 2 * (spec.height() / 2); i++) {
      planes.write(picture.red(i / (spec.width() / 2)));
    }
    return planes.toByteArray();
  }
}
