package io.github.seedance4j.testkit.simulation;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the library's warnings off the log of whoever simulates: there are thousands, all of them
 * made on purpose. What other threads log passes. Works where java.util.logging is the back end.
 */
final class Quiet {

  private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);

  /** Kept, since a logger that nobody refers to is forgotten, with its filter. */
  private static final Logger LOGGER = Logger.getLogger("io.github.seedance4j");

  static {
    LOGGER.setFilter(new Elsewhere(LOGGER.getFilter()));
  }

  private Quiet() {}

  private record Elsewhere(@Nullable Filter before) implements Filter {
    @Override
    public boolean isLoggable(LogRecord record) {
      return !HERE.get() && (before == null || before.isLoggable(record));
    }
  }

  /** On this thread, as long as that runs. */
  static void during(Runnable work) {
    HERE.set(true);
    try {
      work.run();
    } finally {
      HERE.remove();
    }
  }
}
