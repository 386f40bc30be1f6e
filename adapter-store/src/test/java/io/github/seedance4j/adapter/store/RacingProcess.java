package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.out.JobJournal.Admission;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A process that works on a journal which others work on too. It says {@code ready}, waits for a
 * line, says which jobs it got, says {@code done}, and stays until its input ends: the leases of a
 * process that is gone end with it.
 */
final class RacingProcess implements AutoCloseable {

  static final String ADMIT = "admit";
  static final String CLAIM = "claim";
  static final int ADMISSIONS = 120;
  private static final String READY = "ready";
  private static final String DONE = "done";
  private static final int THREADS = 8;
  private static final int AT_ONCE = 7;

  private final Process process;
  private final BufferedReader output;

  private RacingProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static RacingProcess start(TestDatabase database, String url, String what) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Duser.timezone=Pacific/Chatham",
            "-cp",
            System.getProperty("java.class.path"),
            RacingProcess.class.getName(),
            database.name(),
            url,
            what);
    return new RacingProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until it has opened the journal. */
  void ready() throws IOException {
    String line = output.readLine();
    if (!READY.equals(line)) {
      throw new IllegalStateException("the process said " + line);
    }
  }

  void go() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits until it has done its work; the ids of the jobs that it got. */
  List<String> got() throws IOException {
    List<String> lines = new ArrayList<>();
    String line = output.readLine();
    while (!DONE.equals(line)) {
      if (line == null) {
        throw new IllegalStateException("the process ended after " + lines);
      }
      lines.add(line);
      line = output.readLine();
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    try (JdbcJobJournal journal = TestDatabase.valueOf(args[0]).journal(args[1])) {
      out.println(READY);
      System.in.read();
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      List<Future<List<Job>>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String owner = ProcessHandle.current().pid() + "-" + i;
        all.add(
            threads.submit(() -> args[2].equals(ADMIT) ? admit(journal) : claim(journal, owner)));
      }
      for (Future<List<Job>> one : all) {
        one.get().forEach(job -> out.println(job.id()));
      }
      threads.shutdown();
      out.println(DONE);
      while (System.in.read() >= 0) {
        // until whoever started this has heard from all
      }
    }
  }

  /** Holds ten cents at a time under the journal's own caps. */
  private static List<Job> admit(JdbcJobJournal journal) {
    List<Job> admitted = new ArrayList<>();
    for (int i = 0; i < ADMISSIONS / THREADS; i++) {
      Admission answer = journal.admit(Jobs.holding("0.10"), List.of(), "nobody");
      if (answer instanceof Admission.Admitted done) {
        admitted.add(done.job());
      }
    }
    return admitted;
  }

  /** Takes up jobs, a few at a time, until nobody has any to look after. */
  private static List<Job> claim(JdbcJobJournal journal, String owner) {
    List<Job> claimed = new ArrayList<>();
    List<Job> some = journal.claim(Jobs.lease(owner), Jobs.ACCOUNT, AT_ONCE);
    while (!some.isEmpty()) {
      claimed.addAll(some);
      some = journal.claim(Jobs.lease(owner), Jobs.ACCOUNT, AT_ONCE);
    }
    return claimed;
  }
}
