package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import io.github.seedance4j.testkit.standalone.HubProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Two gateways in processes of their own, on one PostgreSQL that keeps what it acknowledged, before
 * one provider in a process of its own; and clients that go to the other where one does not answer.
 */
final class TwoGateways implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  final HubProcess hub;
  final JdbcJobJournal journal;
  final Path clips;
  private final EmbeddedPostgres postgres;
  private final Path folder;
  private final String url;
  private final CommandProcess[] processes = new CommandProcess[2];
  private final AtomicReferenceArray<URI> addresses = new AtomicReferenceArray<>(2);
  private volatile String key = "";

  private TwoGateways(EmbeddedPostgres postgres, Path folder, Duration task) throws IOException {
    this.postgres = postgres;
    this.folder = folder;
    this.clips = Files.createDirectories(folder.resolve("clips"));
    this.url = postgres.getJdbcUrl("postgres", "postgres");
    this.hub = HubProcess.builder().taskTime(task).start();
    this.journal = JdbcJobJournal.postgres(url, "postgres", "");
    start(0);
    start(1);
  }

  /** Skips the test where there is no PostgreSQL to be had. */
  static TwoGateways start(Path folder, Duration task) throws IOException {
    EmbeddedPostgres postgres;
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .start();
    } catch (IOException | RuntimeException e) {
      return Assumptions.abort("no PostgreSQL here (it is there for Linux amd64): " + e);
    }
    return new TwoGateways(postgres, folder, task);
  }

  void start(int which) throws IOException {
    Path directory = Files.createDirectories(folder.resolve("gateway-" + which));
    CommandProcess process =
        CommandProcess.start(
            directory,
            hub.baseUrl().toString(),
            List.of(),
            Map.of("SEEDANCE_DB", url, "SEEDANCE_DB_PASSWORD", "none"),
            "serve",
            "--port",
            "0",
            "--clips",
            clips.toString(),
            "--uploads",
            folder.resolve("uploads").toString(),
            "--secret-file",
            folder.resolve("secret").toString());
    processes[which] = process;
    process.readUntil("The gateway listens at ");
    addresses.set(which, URI.create(exported(process)));
    key = exported(process);
  }

  private static String exported(CommandProcess process) throws IOException {
    return process.out.readLine().replaceFirst("^export \\w+=", "");
  }

  /** As kill -9 does. */
  void kill(int which) throws InterruptedException {
    addresses.set(which, null);
    processes[which].kill();
  }

  /** As a deployment does: the process may end what it has in hand. */
  void stop(int which) throws Exception {
    processes[which].interrupt();
    assertThat(processes[which].awaitExit()).as(processes[which].said()).isZero();
    addresses.set(which, null);
  }

  /** Makes a generation, wherever that is possible, under one key: its id. */
  String submit(String name, int first) throws InterruptedException {
    String body =
        JsonWriter.write(
            Map.of("model", "doubao-seedance-2.0-fast", "prompt", name, "resolution", "480p"));
    for (int i = first; ; i++) {
      HttpResponse<String> answer =
          send(
              i,
              "",
              request ->
                  request
                      .header("Content-Type", "application/json")
                      .header("Idempotency-Key", name.replace(" ", "-"))
                      .POST(HttpRequest.BodyPublishers.ofString(body)));
      if (answer != null && answer.statusCode() == 200) {
        return String.valueOf(((Map<?, ?>) JsonReader.read(answer.body()).tree()).get("id"));
      }
      assertThat(answer == null ? 503 : answer.statusCode())
          .as(() -> answer == null ? "" : answer.body())
          .isIn(409, 503);
      breathe();
    }
  }

  /** Waits until it has ended, as the guide's clients do. */
  String ended(String id, int first) throws InterruptedException {
    for (int i = first; ; i++) {
      HttpResponse<String> answer = send(i, "/" + id, HttpRequest.Builder::GET);
      if (answer != null && answer.statusCode() == 200) {
        String status =
            String.valueOf(((Map<?, ?>) JsonReader.read(answer.body()).tree()).get("status"));
        if (!status.equals("queued") && !status.equals("running")) {
          return status;
        }
      }
      breathe();
    }
  }

  /** Processes are real here, and so is the time that they take. */
  static void breathe() throws InterruptedException {
    new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS);
  }

  private interface Kind {
    HttpRequest.Builder of(HttpRequest.Builder request);
  }

  private @Nullable HttpResponse<String> send(int which, String path, Kind kind)
      throws InterruptedException {
    URI address = addresses.get(which % 2);
    if (address == null) {
      return null;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/videos/generations" + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key);
    try {
      return HTTP.send(kind.of(request).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException cut) {
      return null;
    }
  }

  List<Job> jobs() {
    return journal.list(JobQuery.all());
  }

  boolean isAtRest() {
    return jobs().stream()
        .allMatch(job -> job.state().isEnded() || job.state() == JobState.UNKNOWN);
  }

  @Override
  public void close() throws IOException {
    for (CommandProcess process : processes) {
      process.close();
    }
    journal.close();
    hub.close();
    postgres.close();
  }
}
