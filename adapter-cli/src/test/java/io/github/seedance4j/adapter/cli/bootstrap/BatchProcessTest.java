package io.github.seedance4j.adapter.cli.bootstrap;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches in processes of their own, ended in the middle; the fake lives on in another one. */
class BatchProcessTest {

  private static final int LINES = 12;

  @TempDir Path directory;

  @BeforeAll
  static void needsPosix() {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/status")), "signals are sent on Linux: run it there");
  }

  @Test
  void goesOnAfterAKillWithoutPayingAgain() throws Exception {
    write();
    try (HubProcess hub = HubProcess.builder().taskTime(Duration.ofMillis(400)).start()) {
      for (int charges : new int[] {3, 7}) {
        Process batch = start(hub.baseUrl(), "--keep-going");
        hub.awaitLedger(charges, Duration.ofMinutes(1));
        batch.destroyForcibly().waitFor();
      }
      Process last = start(hub.baseUrl(), "--keep-going");
      int exit = end(last);

      List<Job> jobs = jobs();
      Ledger ledger = hub.ledger();
      assertThat(ledger).neverChargedMoreOftenThanAuthorised(jobs).hasNoChargeWithoutAJob(jobs);
      assertThat(ledger.charges()).extracting(Charge::digest).doesNotHaveDuplicates();
      assertThat(jobs).hasSizeGreaterThanOrEqualTo(LINES);
      long unknown = jobs.stream().filter(job -> job.state() == JobState.UNKNOWN).count();
      assertThat(exit).as(said()).isEqualTo(unknown == 0 ? 0 : 7);
      for (Job job : jobs) {
        if (job.state() == JobState.STORED) {
          assertThat(ledger).chargedExactlyOnce(job);
          assertThat(job.clip().orElseThrow().path()).isRegularFile();
        } else {
          assertThat(job.state()).isEqualTo(JobState.UNKNOWN);
        }
      }
      assertThat(Files.readAllLines(directory.resolve("out/results.jsonl"))).hasSize(LINES);
    }
  }

  @Test
  void neverSendsAgainWhatWasBeingSentWhenItWasKilledAndGoesOnWithTheRest() throws Exception {
    write();
    try (HubProcess hub = HubProcess.start()) {
      hub.next(new CreateFault.DelaysAnswer(Duration.ofMinutes(5)));
      Process batch = start(hub.baseUrl(), "-c", "1");
      hub.awaitLedger(1, Duration.ofMinutes(1));
      batch.destroyForcibly().waitFor();

      for (int run = 0; run < 2; run++) {
        assertThat(end(start(hub.baseUrl()))).as(said()).isEqualTo(7);
        assertThat(hub.ledger()).chargedTimes(LINES).neverChargedMoreOftenThanAuthorised(jobs());
        assertThat(said()).contains("11 of 12 stored in out", "  s1: outcome unknown: ");
      }
      assertThat(jobs())
          .hasSize(LINES)
          .filteredOn(job -> job.state() == JobState.UNKNOWN)
          .hasSize(1);
    }
  }

  @Test
  void stopsSendingOnCtrlCAndSaysHowToGoOn() throws Exception {
    write();
    try (HubProcess hub = HubProcess.start()) {
      hub.onPrompt("it shows", new TaskFault.NeverEnds());
      Process batch = start(hub.baseUrl());
      hub.awaitLedger(4, Duration.ofMinutes(1));
      int signal = interrupt(batch);

      assertThat(end(batch)).as(said()).isEqualTo(128 + signal);
      assertThat(said())
          .contains(
              "Stopping: nothing more is sent.",
              "not run, lines 5–12",
              "To go on, without paying again: seedance batch shots.jsonl --out-dir out");
      assertThat(hub.ledger()).chargedTimes(4);
      assertThat(jobs()).hasSize(4).allMatch(job -> job.state() != JobState.UNKNOWN);
      assertThat(Files.readAllLines(directory.resolve("out/results.jsonl")))
          .hasSize(LINES)
          .anyMatch(line -> line.contains("\"end\":\"still-running\""))
          .anyMatch(line -> line.contains("\"end\":\"not-run\""));
    }
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= LINES; i++) {
      lines.add("{\"id\":\"s" + i + "\",\"model\":\"fast\",\"prompt\":\"it shows s" + i + "\"}");
    }
    Files.write(directory.resolve("shots.jsonl"), lines);
  }

  private Process start(URI provider, String... more) throws IOException {
    return BatchProcess.start(directory, provider, more);
  }

  private int end(Process batch) throws InterruptedException {
    assertThat(batch.waitFor(2, TimeUnit.MINUTES)).as(said()).isTrue();
    return batch.exitValue();
  }

  /** Ctrl-C; or TERM where whoever started us made us deaf to that, as background jobs are. */
  private static int interrupt(Process process) throws IOException, InterruptedException {
    String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    String mask = status.replaceFirst("(?s).*SigIgn:\\s*(\\w+).*", "$1");
    int signal = (Long.parseUnsignedLong(mask, 16) & 2) != 0 ? 15 : 2;
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
    return signal;
  }

  private List<Job> jobs() {
    try (JobJournal journal = JdbcJobJournal.sqlite(directory.resolve("jobs.db"))) {
      return journal.list(JobQuery.all());
    }
  }

  private String said() {
    return BatchProcess.said(directory);
  }
}
