package io.github.seedance4j.adapter.store;

import java.time.Duration;
import java.util.Objects;

/**
 * How a journal is opened. Begins with {@link #defaults()}; each method returns a changed copy.
 *
 * @param patience how long to wait for another process that has the journal to itself
 * @param restored whether this is a copy that takes the place of a journal that was lost
 */
public record JournalOptions(Duration patience, boolean restored) {

  private static final JournalOptions DEFAULTS = new JournalOptions(Duration.ofSeconds(10), false);

  public JournalOptions {
    Objects.requireNonNull(patience, "patience");
    if (patience.isNegative() || patience.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("patience: from none to an hour: " + patience);
    }
  }

  /** Ten seconds of patience with other processes, and no copy. */
  public static JournalOptions defaults() {
    return DEFAULTS;
  }

  public JournalOptions patience(Duration longest) {
    return new JournalOptions(longest, restored);
  }

  /**
   * Opens a copy of a journal in its place. It has forgotten what was submitted since, so every job
   * that was about to be sent becomes one of unknown outcome, whatever process it belongs to: set
   * this once, with no other process on the journal, and not in a program's settings.
   */
  public JournalOptions forRestored() {
    return new JournalOptions(patience, true);
  }
}
