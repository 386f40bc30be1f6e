package io.github.seedance4j.adapter.cli;

/** Tells of the user's Ctrl-C. */
public interface Interrupts {

  /** Nobody ever interrupts. */
  Interrupts NEVER = goodbye -> () -> {};

  /**
   * Runs {@code goodbye} when the user wants to leave, before the process ends. The process ends
   * once it returns.
   */
  Watch onInterrupt(Runnable goodbye);

  /** Stands as long as {@code goodbye} is to be run. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
