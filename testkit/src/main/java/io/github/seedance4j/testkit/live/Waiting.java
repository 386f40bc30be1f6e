package io.github.seedance4j.testkit.live;

import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits by a timekeeper's time, on one thread. */
final class Waiting {

  private final Timekeeper time;
  private boolean interrupted;

  Waiting(Timekeeper time) {
    this.time = time;
  }

  /** The machine's own time. */
  static Timekeeper systemTime() {
    return new Timekeeper() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public Alarm at(Instant moment, Runnable task) {
        long millis = Math.max(0, Duration.between(now(), moment).toMillis());
        CompletableFuture<?> alarm =
            CompletableFuture.runAsync(
                task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        return () -> alarm.cancel(false);
      }

      @Override
      public Alarm every(Duration interval, Runnable task) {
        AtomicBoolean cancelled = new AtomicBoolean();
        again(interval, task, cancelled);
        return () -> cancelled.set(true);
      }

      private void again(Duration interval, Runnable task, AtomicBoolean cancelled) {
        at(
            now().plus(interval),
            () -> {
              if (!cancelled.get()) {
                task.run();
                again(interval, task, cancelled);
              }
            });
      }
    };
  }

  Instant now() {
    return time.now();
  }

  /** False if the thread was interrupted, now or before; see {@link #restoreInterrupt}. */
  boolean pause(Duration length) {
    CountDownLatch over = new CountDownLatch(1);
    Timekeeper.Alarm alarm = time.at(time.now().plus(length), over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      alarm.cancel();
      interrupted = true;
    }
    return !interrupted;
  }

  /** Keeps an interrupt for later: it would close the files in which a payment is recorded. */
  void holdInterrupt() {
    interrupted |= Thread.interrupted();
  }

  /** Hands on what was held back. */
  void restoreInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
