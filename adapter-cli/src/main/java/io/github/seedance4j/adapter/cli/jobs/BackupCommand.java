package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/** Copies the journal while it is in use. */
public final class BackupCommand extends JournalCommand {

  private final Flag<String> file;

  public BackupCommand(Surroundings around, Workshop workshop) {
    super(
        "backup",
        "Copy the journal, also while it is in use. Whoever puts the copy in its place later says"
            + " so: resume --restored.",
        around,
        workshop,
        "%nExample:",
        "  seedance backup journal-monday.db");
    file = flags.argument("FILE", "The copy; must not be there yet.");
  }

  @Override
  public Integer call() {
    Path journal = journal();
    if (!Files.exists(journal)) {
      throw usage("there is no journal yet at " + ClipFile.shown(around, journal));
    }
    Path copy = judging(this::copy);
    workshop.backup(journal, copy);
    String shown = ClipFile.shown(around, copy);
    result(
        json.or(false) ? new Report().put("file", copy).put("exit", ExitCode.DONE).line() : shown);
    talk().say("It holds prompts and signed addresses: keep it as you keep a password.");
    try (Workshop.Bench bench = look()) {
      remind(bench.videos(), Set.of());
    }
    return ExitCode.DONE;
  }

  private Path copy() {
    Path copy = around.directory().resolve(file.or("")).normalize();
    if (file.or("").isEmpty() || Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "'" + file.or("") + "' is there already, and is never overwritten; choose another name");
    }
    Path directory = copy.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException("there is no directory " + directory);
    }
    return copy;
  }
}
