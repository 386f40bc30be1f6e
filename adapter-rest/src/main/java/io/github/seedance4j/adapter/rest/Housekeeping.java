package io.github.seedance4j.adapter.rest;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway does now and then, one after the other; a failure puts off, and ends nothing.
 */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

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
                LOG.warn("{} failed; it is tried again in {}", what, interval, e);
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
