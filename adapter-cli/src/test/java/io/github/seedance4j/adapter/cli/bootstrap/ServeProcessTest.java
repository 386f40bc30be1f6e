package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a process, with its sandbox beside it: ended politely, and killed. */
class ServeProcessTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final List<String> QUICK = List.of("-Dseedance.lease.millis=900");

  @TempDir Path directory;

  private Path state() {
    return directory.resolve("home/seedance4j");
  }

  private Path provider() {
    return state().resolve("gateway-sandbox/provider");
  }

  /** Whatever became of a test, it leaves no process behind. */
  @AfterEach
  void endsTheSandbox() throws Exception {
    if (Files.exists(provider())) {
      sandbox().destroy();
    }
  }

  private CommandProcess serve(String... more) throws IOException {
    String[] words = new String[more.length + 4];
    System.arraycopy(new String[] {"serve", "--sandbox", "--port", "0"}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    CommandProcess gateway = CommandProcess.start(directory, "", QUICK, words);
    gateway.readUntil("The provider that it plays: ");
    return gateway;
  }

  private ProcessHandle sandbox() throws IOException {
    String pid =
        Files.readAllLines(provider()).stream()
            .filter(line -> line.startsWith("pid="))
            .findFirst()
            .orElseThrow()
            .substring("pid=".length());
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  void endsWithoutAnErrorWhenItIsAskedToAndItsSandboxWithIt() throws Exception {
    try (CommandProcess gateway = serve()) {
      ProcessHandle hub = sandbox();

      gateway.interrupt();

      assertThat(gateway.awaitExit()).as(gateway.said()).isZero();
      assertThat(gateway.said()).contains("Ending: ", "The gateway has ended.");
      assertThat(hub.isAlive()).isFalse();
      assertThat(provider()).doesNotExist();
    }
  }

  @Test
  void goesOnWithItsJobsInTheSameSandboxAfterItWasKilled() throws Exception {
    String key;
    String job;
    ProcessHandle hub;
    try (CommandProcess gateway = serve("--task-seconds", "2")) {
      String base = exported(gateway);
      key = exported(gateway);
      job = created(base, key);
      assertThat(status(base, key, job)).matches("queued|running");
      hub = sandbox();
      gateway.kill();
    }
    assertThat(hub.isAlive()).isTrue();

    try (CommandProcess gateway = serve()) {
      String base = exported(gateway);
      assertThat(sandbox()).isEqualTo(hub);
      assertThat(exported(gateway)).as("the key that it makes for itself").isEqualTo(key);

      String status = status(base, key, job);
      for (int i = 0; i < 600 && !status.equals("succeeded"); i++) {
        TimeUnit.MILLISECONDS.sleep(100); // as the guide's clients do: real processes, real time
        status = status(base, key, job);
      }
      assertThat(status).isEqualTo("succeeded");
      gateway.interrupt();
      assertThat(gateway.awaitExit()).as(gateway.said()).isZero();
    }
    assertThat(hub.isAlive()).isFalse();
    assertThat(Ledger.read(state().resolve("gateway-sandbox/ledger.jsonl")).charges()).hasSize(1);
    assertThat(state().resolve("gateway-sandbox/clips/" + job + ".mp4")).isNotEmptyFile();
  }

  @Test
  void endsAJobWhoseSandboxIsGoneAndChargesNothingForIt() throws Exception {
    String job;
    try (CommandProcess gateway = serve("--task-seconds", "3600")) {
      String base = exported(gateway);
      job = created(base, exported(gateway));
      gateway.interrupt();
      assertThat(gateway.awaitExit()).as(gateway.said()).isZero();
    }
    try (CommandProcess gateway = serve()) {
      String base = exported(gateway);
      assertThat(status(base, exported(gateway), job)).isEqualTo("failed");
    }
  }

  private static String exported(CommandProcess gateway) throws IOException {
    return gateway.out.readLine().replaceFirst("^export \\w+=", "");
  }

  private static String created(String base, String key) throws Exception {
    HttpRequest create =
        request(base + "/videos/generations", key)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"a cat\"}"))
            .build();
    return field("id", create);
  }

  private static String status(String base, String key, String job) throws Exception {
    return field("status", request(base + "/videos/generations/" + job, key).build());
  }

  private static HttpRequest.Builder request(String url, String key) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + key);
  }

  private static String field(String name, HttpRequest request) throws Exception {
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replaceFirst("(?s)^.*?\"" + name + "\"\\s*:\\s*\"([^\"]*)\".*$", "$1");
  }

  @Test
  void startsAnotherSandboxWhereTheOneBeforeWasKilledToo() throws Exception {
    ProcessHandle before;
    try (CommandProcess gateway = serve()) {
      before = sandbox();
      gateway.kill();
    }
    before.destroyForcibly();
    before.onExit().get(60, TimeUnit.SECONDS);

    try (CommandProcess gateway = serve()) {
      assertThat(sandbox()).isNotEqualTo(before);
    }
  }
}
