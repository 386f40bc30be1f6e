package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
    assumePython();
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<String> lines = run("python3", program(hub, "text_to_video.py", "")).lines().toList();
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
    assumePython();
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<String> lines = run("python3", program(hub, "image_to_video.py", "")).lines().toList();

      assertThat(lines).hasSize(2).startsWith("Task: " + hub.tasks().get(0).id());
      assertPlays(lines.get(1), "Done: ");
    }
  }

  @Test
  void showsTheGuidesPythonWhyATaskFailed() throws Exception {
    assumePython();
    try (FakeTokenHub hub = HubClient.hub().start()) {
      hub.next().outputModeration();

      assertThat(run("python3", program(hub, "text_to_video.py", "")))
          .contains(
              "Failed: The request failed because the output video may contain sensitive information.");
    }
  }

  @Test
  void runsTheGuidesJavaScript() throws Exception {
    assumeTrue(works("node", "-e", "fetch"), "needs node 18 or later: install nodejs");
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<String> lines = run("node", program(hub, "text_to_video.mjs", "")).lines().toList();

      assertThat(lines)
          .hasSize(4)
          .startsWith("Task created: " + hub.tasks().get(0).id(), "Status: succeeded");
      assertPlays(lines.get(2), "Video URL: ");
      assertThat(lines.get(3)).isEqualTo("Duration: 5 seconds");
    }
  }

  @Test
  void runsTheGuidesCurl() throws Exception {
    assumeTrue(
        works("curl", "--version") && works("sh", "-c", "true"), "needs sh and curl: install curl");
    try (FakeTokenHub hub = HubClient.hub().start()) {
      Map<?, ?> created = tree(run("sh", program(hub, "create.sh", "")));
      Map<?, ?> polled = tree(run("sh", program(hub, "poll.sh", (String) created.get("id"))));

      assertThat(created.get("status")).isEqualTo("queued");
      assertThat(polled.get("status")).isEqualTo("succeeded");
      assertThat(polled.get("id")).isEqualTo(hub.tasks().get(0).id());
    }
  }

  private static void assumePython() throws Exception {
    assumeTrue(
        works("python3", "-c", "import requests"),
        "needs python3 with requests: install python3-requests");
  }

  private static void assertPlays(String line, String before) throws Exception {
    assertThat(line).startsWith(before);
    assertThat(HubClient.download("GET", line.substring(before.length())).statusCode())
        .isEqualTo(200);
  }

  private static Map<?, ?> tree(String json) {
    return (Map<?, ?>) JsonReader.read(json).tree();
  }

  private String program(FakeTokenHub hub, String name, String taskId) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/guide/" + name))) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("https://tokenhub.store/api/v1", hub.baseUrl().toString())
              .replace("th-your-api-key", "th-test")
              .replace("YOUR_TASK_ID", taskId);
      return Files.writeString(folder.resolve(name), text).toString();
    }
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** What a program that must end well writes to standard output. */
  private String run(String... command) throws Exception {
    Path errors = Files.createTempFile(folder, "stderr", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    // a proxy of the machine's has no business with loopback
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return out;
  }
}
