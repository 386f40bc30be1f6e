package io.github.seedance4j.adapter.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waiting between two attempts, as a seam: tests neither wait nor roll dice. */
interface Pause {

  /** Sleeps, with luck and interrupts as they come. */
  Pause REAL =
      new Pause() {
        @Override
        public boolean sleep(Duration length) {
          try {
            Thread.sleep(length.toMillis());
            return true;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        }

        @Override
        public double chance() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  /** False if the wait was interrupted; the thread's mark is kept. */
  boolean sleep(Duration length);

  /** From 0 to 1. */
  double chance();
}
