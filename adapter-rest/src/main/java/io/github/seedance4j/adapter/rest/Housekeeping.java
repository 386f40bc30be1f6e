package io.github.seedance4j.adapter.rest;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the gateway does now and then, one after the other; a failure puts off, and ends nothing.
 */
final class Housekeeping implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread thread = new Thread(work, "seedance-gateway-housekeeping");
            thread.setDaemon(true);
            return thread;
          });

  void every(Duration interval, String what, Runnable task) {
    long millis = interval.toMillis();
    var unused = // it never ends by itself, and fails by its log alone
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    what + " failed; it is tried again in " + interval,
                    e);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  /** Without an interrupt: it may be writing to a journal. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
