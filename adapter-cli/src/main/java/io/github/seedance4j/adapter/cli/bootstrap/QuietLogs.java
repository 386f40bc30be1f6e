package io.github.seedance4j.adapter.cli.bootstrap;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what libraries log away from the terminal: what a person needs to know is said by the
 * command itself. With SEEDANCE_DEBUG, and of a gateway, warnings go to standard error.
 */
public final class QuietLogs extends System.LoggerFinder {

  private static final boolean LOUD = !System.getenv().getOrDefault("SEEDANCE_DEBUG", "").isEmpty();

  private static volatile boolean serves;

  /** From now on warnings are said: nobody sits before what runs for months. */
  static void speak() {
    serves = true;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Log(name, LOUD);
  }

  /** A message with its values, as loggers take them. */
  static String text(@Nullable String format, @Nullable Object @Nullable ... values) {
    String text = String.valueOf(format);
    return values == null || values.length == 0 ? text : MessageFormat.format(text, values);
  }

  /** Says warnings, or nothing. */
  record Log(String name, boolean loud) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return (loud || serves) && level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        System.err.println(level + " " + name + ": " + message);
        if (thrown != null && loud) {
          thrown.printStackTrace(System.err);
        }
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... values) {
      log(level, bundle, text(format, values), (Throwable) null);
    }
  }
}
