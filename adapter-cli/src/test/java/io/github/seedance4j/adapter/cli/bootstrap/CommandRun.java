package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.HiddenLine;
import io.github.seedance4j.adapter.cli.settings.Interrupts;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the command in surroundings of its own, so that tests can run at once. */
final class CommandRun {

  /** What a run came to. */
  record Result(int exit, String out, String err) {
    String all() {
      return out + err;
    }
  }

  /** As of a closed pipe, or of a full disk. */
  private static final class LostOutput extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }

  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private InputStream in = InputStream.nullInputStream();
  private boolean canAsk;
  private boolean live;
  private boolean outLive;
  private boolean outputLost;
  private Interrupts interrupts = Interrupts.NEVER;
  private Clock clock = Clock.systemUTC();
  private int columns;
  private HiddenLine hidden = HiddenLine.NOBODY;
  private boolean homeless;

  private CommandRun(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  static CommandRun in(Path directory) {
    return new CommandRun(directory);
  }

  /** With what 'seedance sandbox' tells its users to export. */
  CommandRun against(FakeTokenHub hub) {
    return set("TOKENHUB_BASE_URL", hub.baseUrl().toString())
        .set("TOKENHUB_API_KEY", "th-test-secret")
        .set("SEEDANCE_ALLOW_LOOPBACK", "true");
  }

  CommandRun set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CommandRun input(String text) {
    return input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  CommandRun input(InputStream in) {
    this.in = in;
    return this;
  }

  /** Somebody is there to be asked, and types that. */
  CommandRun answering(String text) {
    canAsk = true;
    return input(text);
  }

  /** The same for what is typed unseen. */
  CommandRun answeringUnseen(String text) {
    canAsk = true;
    hidden = question -> text;
    return this;
  }

  CommandRun onTerminal() {
    live = true;
    return this;
  }

  /** In a window of that width. */
  CommandRun wide(int window) {
    columns = window;
    return this;
  }

  /** The same for standard output. */
  CommandRun onTerminals() {
    outLive = true;
    return onTerminal();
  }

  /** So much later than it is. */
  CommandRun later(Duration time) {
    clock = Clock.offset(Clock.systemUTC(), time);
    return this;
  }

  CommandRun interrupts(Interrupts interrupts) {
    this.interrupts = interrupts;
    return this;
  }

  String errSoFar() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Of a user who has no home directory. */
  CommandRun homeless() {
    homeless = true;
    return this;
  }

  /** Standard output takes nothing. */
  CommandRun withoutOutput() {
    outputLost = true;
    return this;
  }

  Result run(String... args) {
    OutputStream taken = outputLost ? new LostOutput() : out;
    try (PrintStream outStream = new PrintStream(taken, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      int exit =
          Main.run(
              args,
              new Surroundings(
                  "seedance",
                  new Surroundings.Terminal(
                      in, outStream, errStream, canAsk, live, outLive, hidden, () -> columns),
                  new Surroundings.Machine(
                      environment,
                      directory,
                      homeless ? null : directory.resolve("state"),
                      clock,
                      interrupts),
                  homeless ? Settings.none() : Settings.in(directory.resolve("config"))));
      outStream.flush();
      errStream.flush();
      return new Result(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
