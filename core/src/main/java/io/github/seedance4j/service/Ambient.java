package io.github.seedance4j.service;

import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.out.Timekeeper;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The defaults that come from the machine: the one class in core that may look at its clock, its
 * randomness and its threads.
 */
final class Ambient {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 16;

  private Ambient() {}

  static JobId newJobId() {
    StringBuilder id = new StringBuilder("job-");
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
    }
    return new JobId(id.toString());
  }

  /** The machine's time, without the timers of {@link #systemTime}. */
  static Clock clock() {
    return Clock.systemUTC();
  }

  /** Fills the array with bytes that nobody can guess. */
  static void fill(byte[] bytes) {
    RANDOM.nextBytes(bytes);
  }

  static Timekeeper systemTime() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("timer"));
    timer.setRemoveOnCancelPolicy(true);
    ScheduledThreadPoolExecutor rounds = new ScheduledThreadPoolExecutor(1, daemons("rounds"));
    Clock clock = Clock.systemUTC();
    return new Timekeeper() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public Alarm at(Instant moment, Runnable task) {
        long delay = Math.max(0, Duration.between(now(), moment).toMillis());
        try {
          var future = timer.schedule(task, delay, TimeUnit.MILLISECONDS);
          return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
          return () -> {};
        }
      }

      @Override
      public Alarm every(Duration interval, Runnable task) {
        long millis = Math.max(1, interval.toMillis());
        var future = rounds.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
      }

      @Override
      public void close() {
        timer.shutdownNow();
        rounds.shutdown(); // without an interrupt: it may be writing to a journal
      }
    };
  }

  /** At most that many daemon threads, which end when idle. */
  static Workers workers(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
    pool.allowCoreThreadTimeOut(true);
    return new Workers(pool, pool::shutdown);
  }

  /** Where blocking work runs, and how to let it end: what is queued still runs. */
  record Workers(Executor executor, Runnable stop) {
    /** False if there is no room for it now. */
    boolean run(Runnable work) {
      try {
        executor.execute(work);
        return true;
      } catch (RejectedExecutionException fullOrClosing) {
        return false;
      }
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "seedance4j-" + name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
