package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.settings.Window;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The window as stty sees it; unknown on Windows. Asks once a second at most; thread-safe. */
final class SttyWindow implements Window {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long asked;
  private int columns = -1;

  @Override
  public synchronized int columns() {
    long now = System.nanoTime();
    if (columns < 0 || now - asked > FRESH_NANOS) {
      columns = ask();
      asked = now;
    }
    return columns;
  }

  private static int ask() {
    try {
      Process process =
          new ProcessBuilder("stty", "size") // rows and columns
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return process.waitFor() == 0 && said.matches("\\d+ \\d{1,5}\\s*")
          ? Integer.parseInt(said.strip().split(" ", 2)[1])
          : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
