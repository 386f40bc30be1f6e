package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.Interrupts;
import java.util.function.Supplier;

/** Ctrl-C as the virtual machine tells of it: by a shutdown hook, so that the exit code is 130. */
final class ShutdownInterrupts implements Interrupts {

  /** The virtual machine would tell of the signal by its exit code, however well all ended. */
  @Override
  public <T> T untilAsked(Supplier<T> work, Runnable goodbye) {
    return during(
        work,
        () -> {
          goodbye.run();
          Runtime.getRuntime().halt(0);
        });
  }

  @Override
  public <T> T during(Supplier<T> work, Runnable goodbye) {
    Thread hook = new Thread(goodbye, "seedance-goodbye");
    Runtime runtime = Runtime.getRuntime();
    try {
      runtime.addShutdownHook(hook);
    } catch (IllegalStateException alreadyLeaving) {
      return work.get();
    }
    try {
      return work.get();
    } finally {
      try {
        runtime.removeShutdownHook(hook);
      } catch (IllegalStateException alreadyLeaving) {
        // it is being run
      }
    }
  }
}
