package io.github.seedance4j.adapter.cli.settings;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Of a run that nobody sits at, without settings. */
public final class TestSurroundings {

  private TestSurroundings() {}

  public static Surroundings in(Path directory, Clock clock, OutputStream out, OutputStream err) {
    return in(directory, clock, out, err, Map.of());
  }

  public static Surroundings in(
      Path directory,
      Clock clock,
      OutputStream out,
      OutputStream err,
      Map<String, String> environment) {
    return new Surroundings(
        "seedance",
        new Surroundings.Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false,
            HiddenLine.NOBODY,
            Window.UNKNOWN),
        new Surroundings.Machine(
            environment, directory, directory.resolve("state"), clock, Interrupts.NEVER),
        Settings.none());
  }
}
