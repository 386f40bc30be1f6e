package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, sent to real processes. */
class InterruptTest {

  @TempDir Path directory;

  @BeforeAll
  static void needsPosix() {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/status")), "signals are sent on Linux: run it there");
  }

  @Test
  void stopsWaitingAndSaysHowToComeBack() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();
      try (Running run =
          start(hub.baseUrl().toString(), "generate", "a cat", "--yes", "-o", "c.mp4")) {
        run.readUntil("running");
        run.interrupt();

        run.assertInterrupted();
        assertThat(run.said())
            .contains("Stopped waiting; the task goes on at the provider, and is paid for.")
            .containsPattern("\n  seedance wait job-\\w{16}\n$");
      }
    }
  }

  @Test
  void waitsTheCreateCallOut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/api/v1";
      try (Running run = start(url, "generate", "a cat", "--yes", "-o", "c.mp4");
          Socket call = server.accept()) {
        readRequest(call.getInputStream());
        run.interrupt();
        run.readUntil("Waiting for the provider's answer");
        answer(
            call,
            "{\"id\":\"task-late\",\"object\":\"video.generation.task\",\"status\":\"queued\"}");

        run.assertInterrupted();
        assertThat(run.said()).containsPattern("\n  seedance wait job-\\w{16}\n$");
        CommandRun.Result jobs =
            CommandRun.in(directory)
                .set("TOKENHUB_BASE_URL", url)
                .run("jobs", "--json", "--journal", "home/seedance4j/sandbox.db");
        assertThat(jobs.out()).contains("\"task\":\"task-late\"", "\"state\":\"submitted\"");
      }
    }
  }

  @Test
  void endsAtOnceWhereNothingWasSent() throws Exception {
    try (Running run = start("", "generate", "x", "--sandbox", "--request", "-")) {
      // it reads its request from standard input, which stays open: nothing is sent yet
      run.interrupt();

      run.assertInterrupted();
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void runsTheSandboxUntilThen() throws Exception {
    try (Running run = start("", "sandbox", "--ledger", "ledger.jsonl")) {
      List<String> exports = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        exports.add(run.out.readLine());
      }
      String url = exports.get(0).replace("export TOKENHUB_BASE_URL=", "");
      assertThat(exports)
          .containsExactly(
              "export TOKENHUB_BASE_URL=" + url,
              "export TOKENHUB_API_KEY=th-sandbox",
              "export SEEDANCE_ALLOW_LOOPBACK=true");

      CommandRun.Result client =
          CommandRun.in(directory)
              .set("TOKENHUB_BASE_URL", url)
              .set("TOKENHUB_API_KEY", "th-sandbox")
              .set("SEEDANCE_ALLOW_LOOPBACK", "true")
              .run("generate", "a cat", "--yes");
      assertThat(client.exit()).as(client.err()).isZero();
      assertThat(Files.readString(directory.resolve("ledger.jsonl"))).contains("\"cost\":\"1.00\"");

      run.interrupt();
      run.assertInterrupted();
    }
  }

  @Test
  void runsASandboxAsItIsTold() throws Exception {
    try (Running run =
        start(
            "",
            "sandbox",
            "--pace",
            "published",
            "--billing",
            "real",
            "--enforce",
            "nothing",
            "--seed",
            "7")) {
      run.readUntil("in a browser: http://127.0.0.1:");
      URI page = URI.create(run.said().strip().replaceFirst("(?s).*in a browser: ", ""));
      String id = answer(page.resolve("/api/v1/videos/generations"), "{\"prompt\":\"a cat\"}");

      assertThat(id).contains("\"id\":\"task-000001-");
      assertThat(answer(page.resolve("/_fake/state"), ""))
          .contains("\"seed\":\"7\"", "\"status\":\"queued\"", "\"movable\":true");
      answer(page.resolve("/_fake/clock"), "{\"advance\":3600}");
      assertThat(answer(page.resolve("/_fake/ledger"), ""))
          .containsPattern("\"kind\":\"adjust\".*\"reason\":\"real-length\"");

      run.interrupt();
      run.assertInterrupted();
    }
  }

  /** To a POST, where there is a body. */
  private static String answer(URI address, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer th-sandbox")
            .header("Content-Type", "application/json");
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Running start(String baseUrl, String... args) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    words.addAll(List.of(args));
    ProcessBuilder process = new ProcessBuilder(words).directory(directory.toFile());
    Map<String, String> environment = process.environment();
    environment.keySet().removeIf(name -> name.startsWith("TOKENHUB") || name.equals("LC_ALL"));
    environment.put("XDG_STATE_HOME", directory.resolve("home").toString());
    environment.remove("SEEDANCE_JOURNAL");
    if (!baseUrl.isEmpty()) {
      environment.put("TOKENHUB_BASE_URL", baseUrl);
      environment.put("TOKENHUB_API_KEY", "th-test-secret");
      environment.put("SEEDANCE_ALLOW_LOOPBACK", "true");
    }
    return new Running(process.start());
  }

  /** A process and what it says. */
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final BufferedReader err;
    private final StringBuilder said = new StringBuilder();
    private int signal;

    private Running(Process process) {
      this.process = process;
      this.out = process.inputReader(StandardCharsets.UTF_8);
      this.err = process.errorReader(StandardCharsets.UTF_8);
    }

    void readUntil(String text) throws IOException {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.append(line).append('\n');
        if (line.contains(text)) {
          return;
        }
      }
      throw new AssertionError("never said '" + text + "' but: " + said);
    }

    /** Ctrl-C; or TERM where whoever started us made us deaf to that, as background jobs are. */
    void interrupt() throws IOException, InterruptedException {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
      String mask = status.replaceFirst("(?s).*SigIgn:\\s*(\\w+).*", "$1");
      boolean deaf = (Long.parseUnsignedLong(mask, 16) & 2) != 0;
      signal = deaf ? 15 : 2;
      Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
      assertThat(kill.waitFor()).isZero();
    }

    void assertInterrupted() throws IOException, InterruptedException {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.append(line).append('\n');
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said.toString()).isEqualTo(128 + signal);
    }

    String said() {
      return said.toString();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
    int length =
        Integer.parseInt(head.toString().replaceFirst("(?is).*content-length:\\s*(\\d+).*", "$1"));
    in.readNBytes(length);
  }

  private static void answer(Socket call, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    call.getOutputStream()
        .write(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    call.getOutputStream().write(body);
    call.getOutputStream().flush();
  }
}
