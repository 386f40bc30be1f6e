package io.github.seedance4j.testkit.scenario;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A journal that lets a test step in right before a call, where another process or a full disk
 * would: what is queued is used up one by one, for finds, admissions, replacements and tellings
 * apart.
 */
final class TappedJournal extends ForwardingJournal {

  /** The journal has a bad moment. */
  static final Runnable FAILS =
      () -> {
        throw new IllegalStateException("database is locked");
      };

  final Deque<Runnable> beforeFind = new ConcurrentLinkedDeque<>();
  final Deque<Runnable> beforeAdmit = new ConcurrentLinkedDeque<>();
  final Deque<Runnable> beforeReplace = new ConcurrentLinkedDeque<>();
  final Deque<Runnable> beforeTold = new ConcurrentLinkedDeque<>();

  TappedJournal(JobJournal real) {
    super(real);
  }

  private static void play(Deque<Runnable> queue) {
    Runnable first = queue.poll();
    if (first != null) {
      first.run();
    }
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    play(beforeAdmit);
    return journal.admit(intended, budgets, owner);
  }

  @Override
  public Replaced replace(Job next) {
    play(beforeReplace);
    return journal.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    play(beforeFind);
    return journal.find(id);
  }

  @Override
  public void told(JobId id, long version) {
    play(beforeTold);
    journal.told(id, version);
  }

  /** The test that made the other one goes on with it. */
  @Override
  public void close() {}
}
