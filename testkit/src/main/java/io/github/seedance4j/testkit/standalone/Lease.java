package io.github.seedance4j.testkit.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The file by which those who use a fake keep it alive: they touch it. What counts is how often
 * nothing was new when somebody looked, not what time it is, so that a machine that slept ends
 * nothing.
 */
final class Lease {

  /** How often one looks. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private final Path file;
  private final String owner;
  private final long patience;
  private long inVain;
  private long seen = -1;

  /**
   * @param patience how long nobody may touch it
   */
  Lease(Path file, long pid, Duration patience) {
    this.file = file;
    this.owner = "pid=" + pid;
    this.patience = Math.max(1, patience.dividedBy(LOOK));
  }

  /** Looks, and tells whether it still holds. */
  boolean holds() {
    long touched;
    try {
      touched = Files.getLastModifiedTime(file).toMillis();
      if (!Files.readAllLines(file).contains(owner)) {
        return false; // another one is in its place
      }
    } catch (IOException e) {
      touched = seen; // not there yet, or no more
    }
    inVain = touched == seen ? inVain + 1 : 0;
    seen = touched;
    return inVain < patience;
  }
}
