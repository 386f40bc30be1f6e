package io.github.seedance4j.adapter.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Comes back to a task that was sent before. */
@Command(
    name = "wait",
    description = "Wait for a task that was sent before, and fetch its clip.",
    footer = {"%nExample:", "  seedance wait task_1a2b3c -o retriever.mp4"})
final class WaitCommand extends FetchCommand {

  /** Clips of 15 s have been seen to take eight minutes, and queues add to that. */
  static final Duration USUAL_TIMEOUT = Duration.ofMinutes(30);

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "TIME",
      converter = Values.Time.class,
      description = "How long to wait: 90s, 30m, 1h. Default: 30m.")
  Duration timeout = USUAL_TIMEOUT;

  WaitCommand(Surroundings around, Workshop workshop) {
    super(around, workshop);
  }

  @Override
  public Integer call() {
    return fetch(timeout, false);
  }
}
