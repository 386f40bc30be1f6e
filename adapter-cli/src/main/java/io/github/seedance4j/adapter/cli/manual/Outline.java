package io.github.seedance4j.adapter.cli.manual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as shells see it: its flags, and what each takes.
 *
 * @param argument what stands without a name; null for a command that takes nothing
 * @param further what stands behind that
 */
record Outline(
    String name,
    String description,
    List<Flag> flags,
    @Nullable Value argument,
    List<Value> further) {

  /** What is completed, by the label that the help shows. */
  enum Kind {
    /** Anything: only the user knows. */
    TEXT,
    WORDS,
    FILE,
    DIRECTORY,
    /** A file, or {@code job:} and an id: what an earlier job made. */
    MEDIA,
    JOB
  }

  record Value(String label, Kind kind, List<String> words, boolean repeatable) {}

  /**
   * A flag.
   *
   * @param value null for one that is there or is not
   */
  record Flag(List<String> names, String description, @Nullable Value value, boolean repeatable) {}

  Outline {
    flags = List.copyOf(flags);
    further = List.copyOf(further);
  }

  /** The subcommands that people see, in their order. */
  static List<Outline> of(CommandSpec root) {
    List<Outline> outlines = new ArrayList<>();
    for (Map.Entry<String, CommandLine> entry : root.subcommands().entrySet()) {
      CommandSpec command = entry.getValue().getCommandSpec();
      if (!command.usageMessage().hidden()) {
        outlines.add(of(entry.getKey(), command));
      }
    }
    return outlines;
  }

  private static Outline of(String name, CommandSpec command) {
    List<Flag> flags = new ArrayList<>();
    for (OptionSpec option : options(command)) {
      List<String> names = new ArrayList<>(List.of(option.names()));
      if (option.negatable()) {
        names.add("--no-" + option.longestName().replaceFirst("^--", ""));
      }
      boolean takes = option.arity().max() > 0;
      flags.add(
          new Flag(
              names,
              plain(option.description()),
              takes ? value(option) : null,
              option.isMultiValue()));
    }
    return new Outline(
        name,
        plain(command.usageMessage().description()),
        flags,
        command.positionalParameters().stream().findFirst().map(Outline::value).orElse(null),
        command.positionalParameters().stream().skip(1).map(Outline::value).toList());
  }

  /** In the order of the help. */
  static List<OptionSpec> options(CommandSpec command) {
    return command.options().stream().sorted(Comparator.comparingInt(OptionSpec::order)).toList();
  }

  private static Value value(ArgSpec spec) {
    List<String> words =
        spec.completionCandidates() == null
            ? List.of()
            : StreamSupport.stream(spec.completionCandidates().spliterator(), false).toList();
    Kind kind =
        switch (spec.paramLabel()) {
          case "JOB" -> Kind.JOB;
          case "FILE" -> Kind.FILE;
          case "DIR" -> Kind.DIRECTORY;
          case "URL" -> Kind.MEDIA;
          default -> words.isEmpty() ? Kind.TEXT : Kind.WORDS;
        };
    return new Value(spec.paramLabel(), kind, words, spec.isMultiValue());
  }

  /** Without what picocli's format strings are made of. */
  static String plain(String... lines) {
    return String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip();
  }
}
