package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;

/** Fetches a clip that is there already. */
public final class DownloadCommand extends FetchCommand {

  public DownloadCommand(Surroundings around, Workshop workshop) {
    super(
        "download",
        "Fetch the clip of a finished job or task, going on where a broken transfer stopped.",
        around,
        workshop,
        "%nExample:",
        "  seedance download job-3k9x -o retriever.mp4");
  }

  @Override
  public Integer call() {
    return fetch(USUAL_TIMEOUT, true);
  }
}
