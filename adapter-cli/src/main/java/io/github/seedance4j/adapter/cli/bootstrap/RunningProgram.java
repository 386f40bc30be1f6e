package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.Access;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the user's while it runs, without our key and without input. All that it prints is
 * taken from it, so that it never waits for us; the end of that is kept.
 */
final class RunningProgram {

  /** How long it may take to tidy up once it is told to end. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Process process;
  private final Tail printed;
  private final Tail said;

  private RunningProgram(Process process) {
    this.process = process;
    this.printed = new Tail(process.getInputStream());
    this.said = new Tail(process.getErrorStream());
  }

  /**
   * Starts it.
   *
   * @throws IOException if it can't be run
   */
  static RunningProgram start(List<String> command, Path directory) throws IOException {
    boolean windows = File.separatorChar == '\\';
    ProcessBuilder program =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File(windows ? "NUL" : "/dev/null"));
    Access.hideKey(program.environment());
    return new RunningProgram(program.start());
  }

  /** Waits for its end; false if it has not come by then. */
  boolean await(Duration most) throws InterruptedException {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    // what it left running may keep these open: then what came up to now has to do
    long end = System.nanoTime() + GRACE.toNanos();
    printed.join(end);
    said.join(end);
    return true;
  }

  int exitValue() {
    return process.exitValue();
  }

  /** The end of what it printed. */
  String printed() {
    return printed.text();
  }

  /** The end of what it said on standard error. */
  String said() {
    return said.text();
  }

  /** Ends it and whatever it started, if need be by force. */
  void destroy() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + GRACE.toNanos();
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (Exception stillThere) {
        one.destroyForcibly();
        if (stillThere instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Reads to the end, and keeps the last of it. */
  private static final class Tail implements Runnable {

    private static final int KEPT = 64 * 1024;

    private final InputStream in;
    private final byte[] last = new byte[KEPT];
    private final Thread thread = new Thread(this, "seedance-stage-output");
    private long count;

    private Tail(InputStream in) {
      this.in = in;
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void run() {
      byte[] bytes = new byte[8_192];
      try {
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          keep(bytes, n);
        }
      } catch (IOException closed) {
        // as it was ended
      }
    }

    private synchronized void keep(byte[] bytes, int n) {
      for (int i = 0; i < n; i++) {
        last[(int) (count++ % KEPT)] = bytes[i];
      }
    }

    private void join(long end) throws InterruptedException {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }

    private synchronized String text() {
      int length = (int) Math.min(count, KEPT);
      byte[] text = new byte[length];
      for (int i = 0; i < length; i++) {
        text[i] = last[(int) ((count - length + i) % KEPT)];
      }
      return new String(text, StandardCharsets.UTF_8);
    }
  }
}
