package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.Talk;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What is done on Ctrl-C during a batch: sends nothing more, waits create calls out, since they may
 * be charged whether or not anybody listens, and says how to go on.
 */
public final class BatchGoodbye implements Runnable {

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
  public BatchGoodbye(
      Talk talk, BatchTable table, BatchRun run, Runnable close, Supplier<BatchSummary> summary) {
    this.talk = talk;
    this.table = table;
    this.run = run;
    this.close = close;
    this.summary = summary;
  }

  /** Lets the run end in its own words, which an interrupt waits for, unless one came before. */
  public synchronized int finish(IntSupplier words) {
    over = true;
    return words.getAsInt();
  }

  @Override
  public void run() {
    Talk own;
    synchronized (this) {
      if (over) {
        return;
      }
      own = talk.takeOver();
    }
    table.end();
    own.insist("Stopping: nothing more is sent. Waiting for the provider's answers, if any …");
    run.stop(BatchRun.Stop.INTERRUPTED);
    close.run();
    BatchSummary last = summary.get();
    last.troubles().forEach(line -> own.insist("  " + line));
    last.next().forEach(own::insist);
  }
}
