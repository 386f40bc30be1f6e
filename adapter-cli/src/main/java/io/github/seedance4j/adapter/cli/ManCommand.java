package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.manual.ManPage;
import io.github.seedance4j.adapter.cli.settings.Surroundings;

/** Prints the manual page, which is made of the help of all commands. */
final class ManCommand extends SeedanceCommand {

  ManCommand(Surroundings around, Workshop workshop) {
    super(
        "man",
        "Write the manual page, all commands in one, for man to show.",
        around,
        workshop,
        "%nExample:",
        "  seedance man",
        "%nTo read it:",
        "  seedance man | man -l -");
  }

  @Override
  public Integer call() {
    write(ManPage.of(Cli.whole(around, workshop), Cli.version()[0]));
    return ExitCode.DONE;
  }
}
