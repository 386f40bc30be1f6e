package io.github.seedance4j.adapter.cli.settings;

import java.util.function.Supplier;

/** Tells of the user's Ctrl-C. */
public interface Interrupts {

  /** Nobody ever interrupts. */
  Interrupts NEVER =
      new Interrupts() {
        @Override
        public <T> T during(Supplier<T> work, Runnable goodbye) {
          return work.get();
        }
      };

  /**
   * Does some work. If the user wants to leave meanwhile, runs {@code goodbye} on another thread,
   * beside the work, and ends the process once it returns.
   */
  <T> T during(Supplier<T> work, Runnable goodbye);

  /**
   * As {@link #during}, for what goes on until the user wants to leave: the process ends as one
   * that is done.
   */
  default <T> T untilAsked(Supplier<T> work, Runnable goodbye) {
    return during(work, goodbye);
  }
}
