package io.github.seedance4j.adapter.cli.setup;

import io.github.seedance4j.adapter.cli.command.Ending;
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
import io.github.seedance4j.adapter.cli.text.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for the key, tries it, and keeps it for its owner alone. */
public final class LoginCommand extends SeedanceCommand {

  private static final int LONGEST = 8_192;

  private final Flag<String> withKey;
  private final Flag<Boolean> json;
  private final Flag<List<String>> words;

  public LoginCommand(Surroundings around, Workshop workshop) {
    super(
        "login",
        "Keep the API key in a file for you alone. It is asked for without being shown, and tried"
            + " at no cost.",
        around.with(around.settings().beingMade()),
        workshop,
        "%nExamples:",
        "  seedance login",
        "  pass show tokenhub | seedance login --with-key - --profile client",
        "%nTOKENHUB_API_KEY, where it is set, wins over what is kept.");
    withKey = flags.text("-", "Read the key from standard input.", "--with-key");
    json = flags.common("Write the result as JSON, one object a line.", "--json");
    words = flags.strays();
  }

  @Override
  public Integer call() {
    if (!words.or(List.of()).isEmpty() || !withKey.or("-").equals("-")) {
      // without repeating it
      throw usage(
          "a key on a command line is seen by others, and kept in the shell's history: let it be"
              + " asked for, or pipe it: … | "
              + command("login", "--with-key", "-"));
    }
    String profile = judging(() -> around.settings().named(around));
    String key = key(profile);
    if (key.isEmpty()) {
      throw usage("no key came; nothing is changed");
    }
    Access access = judging(() -> Access.with(key, around, talk()::note));
    KeyCheck check = judging(() -> KeyCheck.of(workshop, access, around));
    if (check.kind() == KeyCheck.Kind.REFUSED || check.kind() == KeyCheck.Kind.UNREACHABLE) {
      return notKept(check);
    }
    try {
      StoredKey.write(around.settings(), profile, access);
    } catch (IOException e) {
      throw usage(
          "can't write "
              + around.settings().keyFile(profile)
              + ": "
              + DiskTrouble.reason(e)
              + "; nothing is changed");
    }
    told(profile, key, access, check);
    return ExitCode.DONE;
  }

  private void told(String profile, String key, Access access, KeyCheck check) {
    boolean verified = check.kind() == KeyCheck.Kind.ACCEPTED;
    if (verified) {
      talk().say("The key is " + check.text() + ".");
    } else {
      talk().note("whether the key is good can't be told: " + check.text());
    }
    talk().say("Kept for profile " + profile + ", for you alone:");
    if (around.isSet(Access.KEY) || around.isSet(Access.KEY_FILE)) {
      talk()
          .note(
              (around.isSet(Access.KEY) ? Access.KEY : Access.KEY_FILE)
                  + " is set, and wins over it");
    }
    String file = around.settings().keyFile(profile).toString();
    result(
        json.or(false)
            ? new Report()
                .put("profile", profile)
                .put("file", file)
                .put("base_url", access.baseUrl())
                .put("key_fingerprint", workshop.fingerprint(key))
                .put("verified", verified)
                .put("exit", ExitCode.DONE)
                .line()
            : file);
  }

  private int notKept(KeyCheck check) {
    boolean refused = check.kind() == KeyCheck.Kind.REFUSED;
    Ending ending =
        new Ending(
            refused ? ExitCode.REFUSED : ExitCode.TIMED_OUT,
            refused ? "refused" : "unreachable",
            (refused ? "" : "the key can't be tried: ") + check.text(),
            List.of(
                "Nothing is kept. "
                    + (refused
                        ? "Copy the key again, from the provider's dashboard."
                        : "See what is wrong: " + command("doctor"))));
    talk().error(ending.what());
    ending.next().forEach(next -> talk().insist("  " + next));
    if (json.or(false)) {
      result(new Report().ending(ending).put("exit", ending.exit()).line());
    }
    return ending.exit();
  }

  private String key(String profile) {
    if (withKey.value() != null || !around.canAsk()) {
      return piped();
    }
    String question =
        "Key for "
            + Access.address(around)
            + (profile.equals(Settings.USUAL_PROFILE) ? "" : ", profile " + profile)
            + " (not shown): ";
    @Nullable String typed =
        around
            .interrupts()
            .during(
                () -> around.hidden().ask(question),
                () -> talk().takeOver().insist("\nNothing is changed."));
    if (typed == null) {
      throw usage(
          "no key came from the terminal; or pipe it: … | " + command("login", "--with-key", "-"));
    }
    return typed.strip();
  }

  private String piped() {
    try {
      Lines lines = new Lines(around.in(), LONGEST);
      return lines.next() && !lines.isTooLong()
          ? new String(lines.bytes(), StandardCharsets.UTF_8).strip()
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
