package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.media.ExternalTool;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever can be ordered is delivered: each clip is asked for, and read by ffprobe. */
class EveryClipTest {

  private static final int SHORTEST_SECONDS = 4;
  private static final int LONGEST_SECONDS = 15;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "480p, 16:9, 864, 496",
    "480p, 4:3, 752, 560",
    "480p, 1:1, 640, 640",
    "480p, 3:4, 560, 752",
    "480p, 9:16, 496, 864",
    "480p, 21:9, 992, 432",
    "480p, adaptive, 864, 496",
    "720p, 16:9, 1280, 720",
    "720p, 4:3, 1112, 834",
    "720p, 1:1, 960, 960",
    "720p, 3:4, 834, 1112",
    "720p, 9:16, 720, 1280",
    "720p, 21:9, 1470, 630",
    "720p, adaptive, 1280, 720",
  })
  void isOfTheRightSizeAndLength(String resolution, String ratio, int width, int height)
      throws Exception {
    ExternalTool ffprobe = ExternalTool.required("ffmpeg", "ffprobe");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      HubClient client = new HubClient(hub);
      for (int seconds = SHORTEST_SECONDS; seconds <= LONGEST_SECONDS; seconds++) {
        for (boolean audio : new boolean[] {true, false}) {
          String id =
              client.created(
                  """
                  {"model":"doubao-seedance-2.0","prompt":"a dog","resolution":"%s",
                   "aspect_ratio":"%s","duration":%d,"generate_audio":%s}
                  """
                      .formatted(resolution, ratio, seconds, audio));
          Path file = Files.write(directory.resolve(id + ".mp4"), hub.clip(id));

          assertThat(probe(ffprobe, file))
              .as("%s %s, %d s, audio %s", resolution, ratio, seconds, audio)
              .isEqualTo(expected(width, height, seconds, audio));
          Files.delete(file);
        }
      }
    }
  }

  /** One frame more than asked, as the provider delivers; the sound ends with the last frame. */
  private static String expected(int width, int height, int seconds, boolean audio) {
    int frames = 24 * seconds + 1;
    BigDecimal length = new BigDecimal(frames).divide(new BigDecimal(24), 6, RoundingMode.HALF_UP);
    return "h264,%d,%d,yuv420p,24/1,%d\n".formatted(width, height, frames)
        + (audio ? "aac,0/0,%d\n".formatted(frames * 2_000 / 1_024) : "")
        + length
        + "\n";
  }

  private String probe(ExternalTool ffprobe, Path file) throws Exception {
    return new String(
        ffprobe.run(
            directory,
            "-v",
            "warning",
            "-of",
            "csv=p=0",
            "-count_packets",
            "-show_entries",
            "stream=codec_name,width,height,pix_fmt,avg_frame_rate,nb_read_packets:format=duration",
            file.toString()),
        StandardCharsets.UTF_8);
  }
}
