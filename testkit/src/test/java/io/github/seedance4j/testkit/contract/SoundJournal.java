package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A journal with nothing wrong, to be broken in one way; its records outlive it. */
class SoundJournal extends ForwardingJournal {

  /** Two who are about to write, and let each other pass. */
  private final Exchanger<Object> meeting = new Exchanger<>();

  final InMemoryJobJournal records;

  SoundJournal() {
    this(new InMemoryJobJournal());
  }

  /** One more journal over the same records. */
  SoundJournal(InMemoryJobJournal records) {
    super(records);
    this.records = records;
  }

  /** Between a look and a deed: waits for a moment until a second thread is there too. */
  final void linger() {
    linger(meeting);
  }

  static void linger(Exchanger<Object> meeting) {
    try {
      meeting.exchange("here", 300, TimeUnit.MICROSECONDS);
    } catch (TimeoutException alone) {
      return;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts a job in place of what is there, whatever its version. */
  final Replaced force(Job next) {
    Job current = records.find(next.id()).orElseThrow();
    return records.replace(next.change().version(current.version() + 1).done());
  }

  /** What the next process gets. */
  JobJournal reopened() {
    return this;
  }

  /** What a process beside this one gets. */
  JobJournal another() {
    return this;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {}
}
