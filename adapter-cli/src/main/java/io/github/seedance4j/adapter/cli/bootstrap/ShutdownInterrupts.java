package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.Interrupts;

/** Ctrl-C as the virtual machine tells of it: by a shutdown hook, so that the exit code is 130. */
final class ShutdownInterrupts implements Interrupts {

  @Override
  public Watch onInterrupt(Runnable goodbye) {
    Thread hook = new Thread(goodbye, "seedance-goodbye");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException alreadyLeaving) {
      return () -> {};
    }
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyLeaving) {
        // it is being run
      }
    };
  }
}
