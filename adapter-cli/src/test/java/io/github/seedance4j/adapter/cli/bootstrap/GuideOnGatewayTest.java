package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.ledger.Ledger;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of the provider's guide against the gateway: only base URL and key are changed, and
 * they know nothing of it being killed between two of their polls.
 */
class GuideOnGatewayTest {

  private static final Path GUIDE = Path.of("..", "testkit", "src", "test", "resources", "guide");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;

  @Test
  void runsTheGuidesPython() throws Exception {
    python("0", false);
  }

  @Test
  @Tag("long")
  void runsTheGuidesPythonThroughAKill() throws Exception {
    python("7", true);
  }

  private void python(String taskSeconds, boolean killed) throws Exception {
    required("python3", "apt install python3-requests", "-c", "import requests");
    try (ServedSandbox gateway = ServedSandbox.start(folder, "--task-seconds", taskSeconds);
        Program program = program(gateway, "text_to_video.py", "python3", "-u")) {
      assertThat(program.until("Task created: ")).endsWith(", status: queued");
      program.until("Status: ");
      if (killed) {
        program.during(gateway::killAndStartAgain);
      }
      program.until("Status: succeeded");
      assertThat(program.until("Video ready! ")).isEqualTo("Video ready! Duration: 5s");
      assertPlays(gateway, program.until("URL: ").substring(5));
    }
  }

  @Test
  void runsTheGuidesJavaScript() throws Exception {
    javaScript("0", false);
  }

  @Test
  @Tag("long")
  void runsTheGuidesJavaScriptThroughAKill() throws Exception {
    javaScript("7", true);
  }

  private void javaScript(String taskSeconds, boolean killed) throws Exception {
    required("node", "apt install nodejs", "-e", "fetch");
    try (ServedSandbox gateway = ServedSandbox.start(folder, "--task-seconds", taskSeconds);
        Program program = program(gateway, "text_to_video.mjs", "node")) {
      program.until("Task created: job-");
      program.until("Status: ");
      if (killed) {
        program.during(gateway::killAndStartAgain);
      }
      program.until("Status: succeeded");
      assertPlays(gateway, program.until("Video URL: ").substring(11));
      assertThat(program.until("Duration: ")).isEqualTo("Duration: 5 seconds");
    }
  }

  @Test
  void runsTheGuidesCurl() throws Exception {
    curl(false);
  }

  @Test
  @Tag("long")
  void runsTheGuidesCurlThroughAKill() throws Exception {
    curl(true);
  }

  private void curl(boolean killed) throws Exception {
    required("curl", "apt install curl", "--version");
    try (ServedSandbox gateway = ServedSandbox.start(folder, "--task-seconds", "2")) {
      Map<?, ?> task = curled(gateway, "create.sh", "");
      String id = String.valueOf(task.get("id"));
      assertThat(task.get("status")).isEqualTo("queued");
      assertThat(curled(gateway, "poll.sh", id).get("status")).isIn("queued", "running");
      if (killed) {
        gateway.killAndStartAgain();
      }
      send(gateway, "/videos/generations/" + id + "/events"); // ends when the job does
      Map<?, ?> done = curled(gateway, "poll.sh", id);
      assertThat(done.get("status")).isEqualTo("succeeded");
      Map<?, ?> data = (Map<?, ?>) ((List<?>) done.get("data")).get(0);
      assertPlays(gateway, String.valueOf(data.get("video_url")));
    }
  }

  private Map<?, ?> curled(ServedSandbox gateway, String name, String id) throws Exception {
    Path script = written(gateway, name, id);
    Process process =
        new ProcessBuilder("sh", script.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return (Map<?, ?>) JsonReader.read(out).tree();
  }

  /** One charge, and a link to a clip that needs no key. */
  private static void assertPlays(ServedSandbox gateway, String url) throws Exception {
    assertThat(url).startsWith(gateway.base().resolve("/").toString());
    HttpResponse<byte[]> clip =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(clip.statusCode()).isEqualTo(200);
    assertThat(clip.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(new String(clip.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    assertThat(Ledger.read(gateway.ledger()).charges()).hasSize(1);
  }

  private static void send(ServedSandbox gateway, String path) throws Exception {
    HTTP.send(
        HttpRequest.newBuilder(URI.create(gateway.base() + path))
            .header("Authorization", "Bearer " + gateway.key())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void required(String program, String remedy, String... probe) throws Exception {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(List.of(probe));
    boolean there;
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      there = process.waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, program + " is missing: " + remedy);
  }

  private Path written(ServedSandbox gateway, String name, String id) throws IOException {
    String text =
        Files.readString(GUIDE.resolve(name))
            .replace("https://tokenhub.store/api/v1", gateway.base().toString())
            .replace("th-your-api-key", gateway.key())
            .replace("YOUR_TASK_ID", id);
    return Files.writeString(folder.resolve(name), text);
  }

  private Program program(ServedSandbox gateway, String name, String... interpreter)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(interpreter));
    words.add(written(gateway, name, "").toString());
    return new Program(new ProcessBuilder(words).redirectErrorStream(true).start());
  }

  private interface Restart {
    void run() throws Exception;
  }

  /** A program of the guide while it runs. */
  private record Program(Process process, BufferedReader out) implements AutoCloseable {

    private Program(Process process) {
      this(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** The next line that begins like that; fails with what it said if none does. */
    private String until(String beginning) throws IOException {
      StringBuilder said = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(beginning)) {
          return line;
        }
        said.append(line).append('\n');
      }
      throw new AssertionError("never said '" + beginning + "' but: " + said);
    }

    /** It stands still meanwhile: between two of its polls there are five seconds, busy or not. */
    private void during(Restart restart) throws Exception {
      signal("STOP");
      try {
        restart.run();
      } finally {
        signal("CONT");
      }
    }

    private void signal(String name) throws Exception {
      assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
          .isZero();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
