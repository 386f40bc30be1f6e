package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.media.ExternalTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of the provider's guide, their indentation restored; only base URL, key and task id
 * are changed.
 */
class GuideProgramsTest {

  @TempDir private Path folder;

  @Test
  void runsTheGuidesPython() throws Exception {
    ExternalTool python = python();
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<String> lines =
          python.output(folder, program(hub, "text_to_video.py", "")).lines().toList();
      String id = hub.tasks().get(0).id();

      assertThat(lines)
          .hasSize(4)
          .startsWith(
              "Task created: " + id + ", status: queued",
              "Status: succeeded",
              "Video ready! Duration: 5s");
      assertPlays(lines.get(3), "URL: ");
    }
  }

  @Test
  void runsTheGuidesImageToVideo() throws Exception {
    ExternalTool python = python();
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<String> lines =
          python.output(folder, program(hub, "image_to_video.py", "")).lines().toList();

      assertThat(lines).hasSize(2).startsWith("Task: " + hub.tasks().get(0).id());
      assertPlays(lines.get(1), "Done: ");
    }
  }

  @Test
  void showsTheGuidesPythonWhyATaskFailed() throws Exception {
    ExternalTool python = python();
    try (FakeTokenHub hub = HubClient.hub().start()) {
      hub.next().outputModeration();

      assertThat(python.output(folder, program(hub, "text_to_video.py", "")))
          .contains(
              "Failed: The request failed because the output video may contain sensitive information.");
    }
  }

  @Test
  void runsTheGuidesJavaScript() throws Exception {
    ExternalTool node = ExternalTool.required("nodejs", "node", List.of("-e", "fetch"));
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<String> lines =
          node.output(folder, program(hub, "text_to_video.mjs", "")).lines().toList();

      assertThat(lines)
          .hasSize(4)
          .startsWith("Task created: " + hub.tasks().get(0).id(), "Status: succeeded");
      assertPlays(lines.get(2), "Video URL: ");
      assertThat(lines.get(3)).isEqualTo("Duration: 5 seconds");
    }
  }

  @Test
  void runsTheGuidesCurl() throws Exception {
    ExternalTool.required("curl", "curl");
    ExternalTool sh = ExternalTool.required("dash", "sh");
    try (FakeTokenHub hub = HubClient.hub().start()) {
      Map<?, ?> created = tree(sh.output(folder, program(hub, "create.sh", "")));
      Map<?, ?> polled =
          tree(sh.output(folder, program(hub, "poll.sh", (String) created.get("id"))));

      assertThat(created.get("status")).isEqualTo("queued");
      assertThat(polled.get("status")).isEqualTo("succeeded");
      assertThat(polled.get("id")).isEqualTo(hub.tasks().get(0).id());
    }
  }

  private static ExternalTool python() throws Exception {
    return ExternalTool.required("python3-requests", "python3", List.of("-c", "import requests"));
  }

  private static void assertPlays(String line, String before) throws Exception {
    assertThat(line).startsWith(before);
    assertThat(HubClient.download("GET", line.substring(before.length())).statusCode())
        .isEqualTo(200);
  }

  private static Map<?, ?> tree(String json) {
    return (Map<?, ?>) JsonReader.read(json).tree();
  }

  private Path program(FakeTokenHub hub, String name, String taskId) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/guide/" + name))) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("https://tokenhub.store/api/v1", hub.baseUrl().toString())
              .replace("th-your-api-key", "th-test")
              .replace("YOUR_TASK_ID", taskId);
      return Files.writeString(folder.resolve(name), text);
    }
  }
}
