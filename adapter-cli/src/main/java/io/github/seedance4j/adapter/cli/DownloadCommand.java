package io.github.seedance4j.adapter.cli;

import picocli.CommandLine.Command;

/** Fetches a clip that is there already. */
@Command(
    name = "download",
    description = "Fetch the clip of a finished task, going on where a broken transfer stopped.",
    footer = {"%nExample:", "  seedance download task_1a2b3c -o retriever.mp4"})
final class DownloadCommand extends FetchCommand {

  DownloadCommand(Surroundings around, Workshop workshop) {
    super(around, workshop);
  }

  @Override
  public Integer call() {
    return fetch(WaitCommand.USUAL_TIMEOUT, true);
  }
}
