package io.github.seedance4j.adapter.cli;

import java.util.function.Supplier;

/**
 * What is done on Ctrl-C during a batch: sends nothing more, waits create calls out, since they may
 * be charged whether or not anybody listens, and says how to go on.
 */
final class BatchGoodbye implements Runnable {

  private final Talk talk;
  private final BatchTable table;
  private final BatchRun run;
  private final Runnable close;
  private final Supplier<BatchSummary> summary;
  private boolean over;

  /**
   * For that run.
   *
   * @param close lets create calls in flight finish, and writes the results
   */
  BatchGoodbye(
      Talk talk, BatchTable table, BatchRun run, Runnable close, Supplier<BatchSummary> summary) {
    this.talk = talk;
    this.table = table;
    this.run = run;
    this.close = close;
    this.summary = summary;
  }

  /** The run has come to its own end, so there is nothing left to say. */
  synchronized void over() {
    over = true;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (over) {
        return;
      }
    }
    table.end();
    Talk own = talk.takeOver();
    own.insist("Stopping: nothing more is sent. Waiting for the provider's answers, if any …");
    run.stop(BatchRun.Stop.INTERRUPTED);
    close.run();
    BatchSummary last = summary.get();
    last.troubles().forEach(line -> own.insist("  " + line));
    last.next().forEach(own::insist);
  }
}
