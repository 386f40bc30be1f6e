package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each flag, by what arrives at the provider (its fields are sent in alphabetical order). */
class RequestFlagsTest {

  private static final String A = "https://a.example/a";
  private static final String B = "https://a.example/b";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --model fast                  | "model":"doubao-seedance-2.0-fast"
          --duration 7                  | "duration":7
          --resolution 480p             | "resolution":"480p"
          --480p                        | "resolution":"480p"
          --720p                        | "resolution":"720p"
          --aspect-ratio 9:16           | "aspect_ratio":"9:16"
          --ratio 21:9                  | "aspect_ratio":"21:9"
          --image A                     | "image_url":"A"
          --image A --image B           | "image_urls":["A","B"]
          --video A --video-seconds 5   | "video_url":"A" & "video_durations":[5]
          --video A --video B --video-seconds 5,3.5 | "video_urls":["A","B"] & "video_durations":[5,3.5]
          --video A --input-video-seconds 5 | "video_url":"A" & "input_video_duration":5
          --image A --audio B           | "image_url":"A" & "audio_url":"B"
          --no-audio                    | "generate_audio":false
          --generate-audio              | "generate_audio":true
          --watermark                   | "watermark":true
          --no-watermark                | "watermark":false
          --extra seed=42               | "seed":42
          --extra note=hello            | "note":"hello"
          --first-frame A --last-frame B | "content":[{"image_url":{"url":"A"},"role":"first_frame","type":"image_url"},{"image_url":{"url":"B"},"role":"last_frame","type":"image_url"}]
          --reference-image A --video B --video-seconds 5 | "video_durations":[5] & {"image_url":{"url":"A"},"role":"reference_image","type":"image_url"} & {"role":"reference_video","type":"video_url","video_url":{"url":"B"}}
          --reference-image A --audio B | {"audio_url":{"url":"B"},"role":"reference_audio","type":"audio_url"}
          """)
  void sendsWhatTheFlagSays(String flags, String wire) {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String[] words = ("generate hello --yes --no-wait " + urls(flags)).split(" +");

      CommandRun.Result run = CommandRun.in(directory).against(hub).run(words);

      // the fake may well refuse an extra: what it was sent is what counts
      assertThat(hub.requests().creates()).as(run.err()).hasSize(1);
      assertThat(hub.requests().creates().get(0).body())
          .contains("\"prompt\":\"hello\"")
          .contains(urls(wire).split(" & "));
    }
  }

  private static String urls(String text) {
    return text.strip().replaceAll("\\bA\\b", A).replaceAll("\\bB\\b", B);
  }
}
