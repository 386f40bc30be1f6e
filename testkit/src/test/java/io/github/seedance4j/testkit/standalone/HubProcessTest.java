package io.github.seedance4j.testkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.ledger.Ledger;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubProcessTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;

  @Test
  void judgesAClientThatWasKilledInTheMiddleOfItsCreate() throws Exception {
    try (HubProcess hub = HubProcess.start()) {
      hub.next(new CreateFault.HangsAfterCharge());

      Process client = java(List.of(here()), OneCreate.class, hub.baseUrl().toString(), "a cat");
      hub.awaitLedger(1, Duration.ofSeconds(60));
      assertThat(client.isAlive()).isTrue();
      client.destroyForcibly().waitFor();

      assertThat(hub.ledger().charges())
          .singleElement()
          .satisfies(charge -> assertThat(charge.cost()).isEqualByComparingTo("1.00"));
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    List<String> classPath = new ArrayList<>(List.of(here()));
    classPath.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    Process parent = java(classPath, Parent.class);
    ProcessHandle hub;
    try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
      Optional<ProcessHandle> found = ProcessHandle.of(Long.parseLong(out.readLine()));
      assertThat(found).isPresent();
      hub = found.get();
    }

    parent.destroyForcibly().waitFor();

    hub.onExit().get(60, TimeUnit.SECONDS);
    assertThat(hub.isAlive()).isFalse();
  }

  @Test
  void scriptsFaultsFromAside() throws Exception {
    try (HubProcess hub = HubProcess.builder().seed(7).start()) {
      hub.onPrompt("storm", new CreateFault.Refuses(503, true));
      hub.sometimes(1, new CreateFault.Refuses(502, false));
      hub.next(new CreateFault.Refuses(500, false));

      assertThat(create(hub, "a storm")).isEqualTo(503);
      assertThat(create(hub, "a cat")).isEqualTo(500);
      assertThat(create(hub, "a cat")).isEqualTo(502);
      hub.clearFaults();
      assertThat(create(hub, "a cat")).isEqualTo(200);
      assertThat(hub.ledger().total()).isEqualByComparingTo("2.00");
      assertThat(hub.state().get("seed")).isEqualTo("7");
    }
  }

  @Test
  void movesItsClock() {
    try (HubProcess hub = HubProcess.start()) {
      Instant then = Instant.parse("2030-01-01T00:00:00Z");

      hub.setClock(then).advance(Duration.ofHours(25));

      assertThat(hub.now()).isBetween(then.plusSeconds(90_000), then.plusSeconds(91_000));
      assertThatThrownBy(() -> hub.setClock(then))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("set: the clock goes forward only");
    }
  }

  @Test
  void startsAsItIsTold() throws Exception {
    Path ledger = folder.resolve("ledger.jsonl");
    try (HubProcess hub =
        HubProcess.builder()
            .ledger(ledger)
            .taskTime(Duration.ofHours(1))
            .billing(Billing.REAL_LENGTH)
            .enforce(Enforcement.NOTHING)
            .start()) {
      assertThat(create(hub, "")).isEqualTo(200);
      assertThat(hub.state().get("tasks")).asString().contains("status=queued");
      hub.advance(Duration.ofMinutes(30));
      assertThat(hub.state().get("tasks")).asString().contains("status=running");
    }
    assertThat(Ledger.read(ledger).charges()).hasSize(1);
  }

  @Test
  void continuesALedgerThatIsThere() throws Exception {
    Path ledger = folder.resolve("ledger.jsonl");
    for (int run = 0; run < 2; run++) {
      try (HubProcess hub = HubProcess.builder().ledger(ledger).start()) {
        assertThat(create(hub, "a cat")).isEqualTo(200);
        assertThat(hub.awaitLedger(run + 1, Duration.ofSeconds(60)).charges()).hasSize(run + 1);
      }
    }
  }

  @Test
  void leavesNothingBehind() throws Exception {
    HubProcess hub = HubProcess.start();
    ProcessHandle process = ProcessHandle.of(hub.pid()).orElseThrow();
    Path ledger = hub.ledgerFile();
    assertThat(ledger).exists();

    hub.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(ledger.getParent()).doesNotExist();
    assertThatThrownBy(() -> hub.next(new CreateFault.CutsBody()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("does not answer");
  }

  @Test
  void saysWhyItDoesNotStart() {
    Path ledger = folder.resolve("nowhere/ledger.jsonl");

    assertThatThrownBy(() -> HubProcess.builder().ledger(ledger).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("can't write " + ledger + ": there is no such directory");
  }

  @Test
  void passesOnWhatTheFakeRefuses() {
    try (HubProcess hub = HubProcess.start()) {
      assertThatThrownBy(() -> hub.next(new CreateFault.CutsHead(), new CreateFault.CutsBody()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("faults: one at most that strikes the create");
      assertThatThrownBy(() -> hub.next(new TaskFault.RewritesStatus(tree -> tree)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("in Java only");
      assertThatThrownBy(() -> hub.awaitLedger(1, Duration.ofMillis(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("after PT0.001S the ledger has 0 lines, not 1");
    }
  }

  private static int create(HubProcess hub, String prompt) throws Exception {
    HttpRequest create =
        HttpRequest.newBuilder(URI.create(hub.baseUrl() + "/videos/generations"))
            .header("Authorization", "Bearer th-test")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"" + prompt + "\"}"))
            .build();
    return HTTP.send(create, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private Process java(List<String> classPath, Class<?> main, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, classPath),
                main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectError(Files.createTempFile(folder, "stderr", ".txt").toFile())
        .start();
  }

  private static String here() throws URISyntaxException {
    return Path.of(OneCreate.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
