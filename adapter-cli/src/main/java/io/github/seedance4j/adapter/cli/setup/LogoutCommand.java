package io.github.seedance4j.adapter.cli.setup;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Settings;
import io.github.seedance4j.adapter.cli.settings.StoredKey;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import java.io.IOException;

/** Forgets the key that {@code login} kept. */
public final class LogoutCommand extends SeedanceCommand {

  private final Flag<Boolean> json;

  public LogoutCommand(Surroundings around, Workshop workshop) {
    super(
        "logout",
        "Forget the API key that login kept. The key itself stays good: revoke it with the"
            + " provider.",
        around,
        workshop,
        "%nExample:",
        "  seedance logout --profile client");
    json = flags.common("Write the result as JSON, one object a line.", "--json");
  }

  @Override
  public Integer call() {
    Settings settings = around.settings();
    String profile = judging(() -> settings.profile(around));
    boolean deleted;
    try {
      deleted = StoredKey.delete(settings, profile);
    } catch (IOException e) {
      throw usage("can't delete " + settings.keyFile(profile) + ": " + DiskTrouble.reason(e));
    }
    if (json.or(false)) {
      result(
          new Report()
              .put("profile", profile)
              .put("forgotten", deleted)
              .put("exit", ExitCode.DONE)
              .line());
    }
    talk()
        .say(
            deleted
                ? "The key of profile " + profile + " is forgotten."
                : "No key was kept for profile " + profile + ".");
    if (around.isSet(Access.KEY) || around.isSet(Access.KEY_FILE)) {
      talk()
          .note((around.isSet(Access.KEY) ? Access.KEY : Access.KEY_FILE) + " is set, and is used");
    }
    return ExitCode.DONE;
  }
}
