package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Another program on the same journal, which says a word to its parent once it can be relied on.
 * {@link #main} is what it does, the rest is how a test holds it.
 */
final class JournalProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader words;

  private JournalProcess(Process process) {
    this.process = process;
    this.words =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it.
   *
   * @param role {@code record}: admits jobs for ever; {@code lease}: takes what is free and waits;
   *     {@code spend}: admits a hundred jobs under a cap for forty
   */
  static JournalProcess start(String role, Path journal) throws IOException {
    return new JournalProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                JournalProcess.class.getName(),
                role,
                journal.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits for its next word; fails if it ends before. */
  String word() throws IOException {
    String word = words.readLine();
    if (word == null) {
      throw new IllegalStateException("it ended without a word");
    }
    return word;
  }

  /** Ends it as a power cut of its own: no hook, no close. What it had said is still heard. */
  List<String> kill() throws IOException, InterruptedException {
    process.toHandle().destroyForcibly(); // the process itself would close its words with it
    List<String> last = new ArrayList<>();
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      last.add(word);
    }
    process.waitFor();
    return last;
  }

  /** What it says until it ends by itself. */
  List<String> end() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      all.add(word);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("it failed: " + all);
    }
    return all;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream parent = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    JdbcJobJournal journal = JdbcJobJournal.sqlite(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "record" -> record(journal, parent);
      case "lease" -> lease(journal, parent);
      case "spend" -> spend(journal, parent);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void record(JdbcJobJournal journal, PrintStream parent) {
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                while (true) {
                  Job job = Jobs.holding("1.00");
                  journal.admit(job, List.of(), "recorder");
                  journal.replace(Jobs.submitted(job));
                  parent.println(job.id());
                }
              })
          .start();
    }
  }

  private static void lease(JdbcJobJournal journal, PrintStream parent) throws Exception {
    Lease lease = new Lease("the other process", Jobs.NOON, Duration.ofHours(1));
    parent.println(journal.claim(lease, Jobs.ACCOUNT, 10).size());
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void spend(JdbcJobJournal journal, PrintStream parent) throws Exception {
    List<Budget> cap = List.of(Budget.ever(Money.usd("40.00")));
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int j = 0; j < 25; j++) {
                  Job job = Jobs.holding("1.00");
                  if (journal.admit(job, cap, "spender") instanceof Admission.Admitted) {
                    parent.println(job.id());
                  }
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    journal.close();
  }
}
