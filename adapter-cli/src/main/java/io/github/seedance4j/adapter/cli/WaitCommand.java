package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import java.time.Duration;

/** Comes back to a job that was sent before. */
final class WaitCommand extends FetchCommand {

  /** Clips of 15 s have been seen to take eight minutes, and queues add to that. */
  static final Duration USUAL_TIMEOUT = Duration.ofMinutes(30);

  private final Flag<Duration> timeout;

  WaitCommand(Surroundings around, Workshop workshop) {
    super(
        "wait",
        "Wait for a job or a task that was sent before, and fetch its clip.",
        around,
        workshop,
        "%nExample:",
        "  seedance wait job-3k9x");
    timeout = timeout(flags);
  }

  static Flag<Duration> timeout(Flags flags) {
    return flags.converted(
        Duration.class,
        new Values.Time(),
        "TIME",
        "How long to wait: 90s, 30m, 1h. Default: 30m.",
        "-t",
        "--timeout");
  }

  @Override
  public Integer call() {
    return fetch(timeout.or(USUAL_TIMEOUT), false);
  }
}
