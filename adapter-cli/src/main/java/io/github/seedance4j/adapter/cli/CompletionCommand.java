package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.manual.Completion;
import io.github.seedance4j.adapter.cli.settings.Surroundings;

/** Prints what makes a shell complete the command. */
final class CompletionCommand extends SeedanceCommand {

  private final Flag<String> shell;

  CompletionCommand(Surroundings around, Workshop workshop) {
    super(
        "completion",
        "Write what makes a shell complete commands, flags, files and the ids of jobs.",
        around,
        workshop,
        "%nExamples:",
        "  seedance completion bash",
        "  seedance completion zsh",
        "  seedance completion fish",
        "%nTo have it, once and for all:",
        "  bash  echo 'source <(seedance completion bash)' >> ~/.bashrc",
        "  zsh   echo 'source <(seedance completion zsh)' >> ~/.zshrc, below compinit",
        "  fish  seedance completion fish > ~/.config/fish/completions/seedance.fish");
    shell = flags.argument("SHELL", "bash, zsh or fish.", "bash", "zsh", "fish");
  }

  @Override
  public Integer call() {
    String name = shell.or("");
    write(
        Completion.of(name)
            .orElseThrow(() -> usage("'" + name + "' is not bash, zsh or fish"))
            .script(Cli.whole(around, workshop)));
    return ExitCode.DONE;
  }
}
