package io.github.seedance4j.testkit.contract;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * All that is logged through java.util.logging by a logger and those below it, every level turned
 * up: for {@link ContractSubject#logging}. {@code System.Logger} ends there by default, SLF4J with
 * {@code slf4j-jdk14}. One for a whole test class does. Thread-safe.
 *
 * <pre>{@code
 * private static final CapturedLog LOG = CapturedLog.of("com.example");
 * }</pre>
 */
public final class CapturedLog implements AutoCloseable {

  private final Logger logger; // held, lest it is collected with its level
  private final @Nullable Level before;
  private final Lines lines = new Lines();

  private CapturedLog(Logger logger) {
    this.logger = logger;
    this.before = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.addHandler(lines);
  }

  /**
   * From now on, until it is closed.
   *
   * @param logger most often the package of the subject; empty for all there are, the JDK's too
   */
  public static CapturedLog of(String logger) {
    return new CapturedLog(Logger.getLogger(Objects.requireNonNull(logger, "logger")));
  }

  /** Everything up to now, exceptions with their causes. */
  public String text() {
    return String.join("", lines.kept);
  }

  @Override
  public void close() {
    logger.removeHandler(lines);
    logger.setLevel(before);
  }

  private static final class Lines extends Handler {

    private final Queue<String> kept = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    Lines() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      kept.add(formatter.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
