package io.github.seedance4j.adapter.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls that take too long, whatever they are doing: the client's own timeouts are per read,
 * so a byte now and then keeps a call alive for ever. One daemon thread for any number of calls.
 */
final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "seedance4j-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  Deadlines() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Runs {@code abort} unless the watch is closed before.
   *
   * @throws java.util.concurrent.RejectedExecutionException if this is closed
   */
  Watch watch(Duration limit, Runnable abort) {
    return new Watch(limit, abort);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One call under watch. */
  final class Watch implements AutoCloseable {

    private final Future<?> end;
    private volatile boolean expired;

    private Watch(Duration limit, Runnable abort) {
      this.end =
          timer.schedule(
              () -> {
                expired = true;
                abort.run();
              },
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
    }

    /** Whether the call was ended from here. */
    boolean expired() {
      return expired;
    }

    @Override
    public void close() {
      end.cancel(false);
    }
  }
}
