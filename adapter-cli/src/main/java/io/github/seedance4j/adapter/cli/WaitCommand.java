package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import java.time.Duration;

/** Comes back to a job that was sent before. */
final class WaitCommand extends FetchCommand {

  private final Flag<Duration> timeout;

  WaitCommand(Surroundings around, Workshop workshop) {
    super(
        "wait",
        "Wait for a job or a task that was sent before, and fetch its clip.",
        around,
        workshop,
        "%nExample:",
        "  seedance wait job-3k9x");
    timeout = timeout();
  }

  @Override
  public Integer call() {
    return fetch(timeout.or(USUAL_TIMEOUT), false);
  }
}
