package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.seedance4j.testkit.FakeTokenHub;
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
      try (CommandProcess run =
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
      try (CommandProcess run = start(url, "generate", "a cat", "--yes", "-o", "c.mp4");
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
  void stopsResumingAndSaysHowToGoOn() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      hub.next().stuck();
      String url = hub.baseUrl().toString();
      try (CommandProcess sent = start(url, "generate", "a cat", "--yes", "--no-wait")) {
        assertThat(sent.awaitExit()).as(sent.said()).isZero();
      }
      try (CommandProcess run = start(url, "resume")) {
        run.readUntil("running");
        run.interrupt();

        run.assertInterrupted();
        assertThat(run.said()).endsWith("Stopped; nothing is lost. To go on: seedance resume\n");
      }
    }
  }

  @Test
  void endsAtOnceWhereNothingWasSent() throws Exception {
    try (CommandProcess run = start("", "generate", "x", "--sandbox", "--request", "-")) {
      // it reads its request from standard input, which stays open: nothing is sent yet
      run.interrupt();

      run.assertInterrupted();
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void runsTheSandboxUntilThen() throws Exception {
    try (CommandProcess run = start("", "sandbox", "--ledger", "ledger.jsonl")) {
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
    try (CommandProcess run =
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

  private CommandProcess start(String baseUrl, String... args) throws IOException {
    return CommandProcess.start(directory, baseUrl, args);
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
