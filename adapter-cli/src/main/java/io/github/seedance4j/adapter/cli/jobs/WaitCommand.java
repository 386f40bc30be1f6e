package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.time.Duration;

/** Comes back to a job that was sent before. */
public final class WaitCommand extends FetchCommand {

  private final Flag<Duration> timeout;

  public WaitCommand(Surroundings around, Workshop workshop) {
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
