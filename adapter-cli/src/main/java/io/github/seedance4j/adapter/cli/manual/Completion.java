package io.github.seedance4j.adapter.cli.manual;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The shells that can complete the command. */
public enum Completion {
  BASH(BashCompletion::script),
  ZSH(ZshCompletion::script),
  FISH(FishCompletion::script);

  /** The hidden subcommand that scripts ask for the ids of jobs, by how they begin. */
  public static final String JOBS = "complete-jobs";

  private interface Writer {
    String script(List<Outline> commands);
  }

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Writer writer;

  Completion(Writer writer) {
    this.writer = writer;
  }

  /** As the user types it. */
  public String shell() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Completion> of(String shell) {
    return List.of(values()).stream().filter(it -> it.shell().equals(shell)).findFirst();
  }

  /** The script, for the command with all its subcommands. */
  public String script(CommandSpec root) {
    return writer.script(Outline.of(root));
  }
}
