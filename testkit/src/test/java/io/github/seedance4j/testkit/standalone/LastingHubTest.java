package io.github.seedance4j.testkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves behind is tried where there is something to kill: the command's gateway. */
class LastingHubTest {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("provider");
  }

  @Test
  void endsWithTheLastWhoLeavesAndTakesItsFileAlong() throws Exception {
    ProcessHandle process;
    try (LastingHub hub = HubProcess.builder().lasting(file())) {
      process = ProcessHandle.of(hub.pid()).orElseThrow();
      assertThat(process.isAlive()).isTrue();
      assertThat(Files.readString(file())).contains("pid=" + hub.pid(), "url=" + hub.baseUrl());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      assertThat(folder.resolve("ledger.jsonl")).exists();
      assertThatThrownBy(() -> HubProcess.builder().lasting(file()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(file() + " is in use by this very process");
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(file()).doesNotExist();
  }

  @Test
  void startsAnotherWhereItsFileTellsOfNone() throws Exception {
    Files.writeString(file(), "pid=1\nstarted=1\nurl=http://127.0.0.1:9/api/v1\n");
    String life;
    try (LastingHub hub = HubProcess.builder().lasting(file())) {
      assertThat(hub.pid()).isNotEqualTo(1);
      life = hub.life();
    }
    Files.writeString(file(), "nonsense");
    try (LastingHub hub = HubProcess.builder().lasting(file())) {
      assertThat(hub.life()).isNotEqualTo(life);
    }
  }

  @Test
  void saysWhyItDoesNotStart() {
    Path ledger = folder.resolve("nowhere/ledger.jsonl");

    assertThatThrownBy(() -> HubProcess.builder().ledger(ledger).lasting(file()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("can't write " + ledger + ": there is no such directory");
    assertThat(file()).doesNotExist();
  }

  @Test
  void holdsAsLongAsSomebodyTouchesTheFile() throws IOException {
    Lease lease = new Lease(file(), 7, Duration.ofSeconds(2));
    assertThat(lease.holds()).as("the file is about to be written").isTrue();

    Files.writeString(file(), "pid=7\n");
    for (int minute = 1; minute < 9; minute++) {
      Files.setLastModifiedTime(file(), FileTime.fromMillis(minute * 60_000));
      assertThat(lease.holds()).isTrue();
      assertThat(lease.holds()).isTrue();
    }
    assertThat(lease.holds()).as("looked twice, and nobody came").isFalse();
  }

  @Test
  void endsAtOnceWhereAnotherIsInItsPlace() throws IOException {
    Files.writeString(file(), "pid=8\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

    int exit =
        SandboxServer.run(
            new String[] {"--lease", file().toString()},
            new ByteArrayInputStream(new byte[0]),
            stream,
            stream);

    assertThat(exit).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("http://127.0.0.1:");
  }
}
