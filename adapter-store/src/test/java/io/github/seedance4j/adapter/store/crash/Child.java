package io.github.seedance4j.adapter.store.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Java process of this test's own class path, that starts fast and never outlives its test. */
public final class Child implements AutoCloseable {

  private static final long LONGEST_SECONDS = 300;

  private final Process process;
  private final Path errors;

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts a program.
   *
   * @param errors what it says on stderr
   */
  public static Child start(Class<?> program, List<String> arguments, Path errors)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", // of which newer JDKs warn
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(arguments);
    return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** What it says, to its end. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines(lines::add);
    return lines;
  }

  /** Hands on each line as it comes; returns when it has ended. */
  public void lines(Consumer<String> reader) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(reader);
    } catch (IOException | UncheckedIOException killed) {
      // there is no more to come
    }
  }

  /** Its next line. */
  public String line() {
    try {
      return Objects.requireNonNull(process.inputReader(StandardCharsets.UTF_8).readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said on stderr. */
  public String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Asks it to end, as an operating system does that shuts down: SIGTERM. */
  public void terminate() {
    process.toHandle().destroy(); // the process's own method closes what is still to be read
  }

  /** Says a line to it. */
  public void say(String line) throws IOException {
    Writer in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Ends it at once: SIGKILL. */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end: " + process.info());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
