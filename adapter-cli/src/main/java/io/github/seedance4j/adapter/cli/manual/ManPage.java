package io.github.seedance4j.adapter.cli.manual;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, in the language of {@code man}: one for the command and all it can do. */
public final class ManPage {

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The page, for the command with all its subcommands. */
  public static String of(CommandSpec root, String version) {
    return new ManPage().write(root, version);
  }

  private String write(CommandSpec root, String version) {
    // without a date: two builds of the same sources are the same
    line(".TH SEEDANCE 1 \"\" " + quoted(version) + " \"User Commands\"");
    line(".SH NAME");
    text("seedance - make videos with ByteDance Seedance 2.0, at a known price");
    line(".SH SYNOPSIS");
    line(".B seedance");
    line(".I COMMAND");
    text("[OPTION]... [ARGUMENT]...");
    line(".SH DESCRIPTION");
    text(Outline.plain(root.usageMessage().description()));
    line(".SH OPTIONS");
    Outline.options(root).forEach(this::option);
    line(".SH COMMANDS");
    for (CommandLine subcommand : root.subcommands().values()) {
      CommandSpec command = subcommand.getCommandSpec();
      if (!command.usageMessage().hidden()) {
        command(command);
      }
    }
    // the root's sections are the page's own
    lines(root.usageMessage().footer())
        .forEach(
            line -> {
              if (line.endsWith(":") && !line.startsWith(" ")) {
                line(".fi");
                line(
                    ".SH "
                        + escaped(line.substring(0, line.length() - 1).toUpperCase(Locale.ROOT)));
                line(".nf");
              } else {
                text(line.replaceFirst("^  ", ""));
              }
            });
    line(".fi");
    return page.toString();
  }

  private void command(CommandSpec command) {
    List<PositionalParamSpec> arguments = command.positionalParameters();
    line(
        ".SS "
            + escaped(
                Stream.concat(
                        Stream.of("seedance", command.name(), "[OPTION]..."),
                        arguments.stream().map(PositionalParamSpec::paramLabel))
                    .collect(Collectors.joining(" "))));
    text(Outline.plain(command.usageMessage().description()));
    for (PositionalParamSpec argument : arguments) {
      line(".TP");
      line(".I " + escaped(argument.paramLabel()));
      text(Outline.plain(argument.description()));
    }
    Outline.options(command).stream().filter(option -> !option.hidden()).forEach(this::option);
    line(".PP");
    line(".nf");
    lines(command.usageMessage().footer()).forEach(this::text);
    line(".fi");
  }

  private void option(OptionSpec option) {
    line(".TP");
    String names =
        Stream.of(option.names())
            .map(name -> "\\fB" + escaped(name) + "\\fR")
            .collect(Collectors.joining(", "));
    if (option.negatable()) {
      names += ", \\fB" + escaped("--no-" + option.longestName().replaceFirst("^--", "")) + "\\fR";
    }
    line(names + (option.arity().max() > 0 ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : ""));
    text(Outline.plain(option.description()));
  }

  private static Stream<String> lines(String... footer) {
    return Stream.of(footer)
        .flatMap(line -> Stream.of(line.replace("%%", "%").split("%n", -1)))
        .map(String::stripTrailing);
  }

  private void line(String request) {
    page.append(request).append('\n');
  }

  private void text(String text) {
    String escaped = escaped(text);
    // what begins like that would be a request
    line(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (character == '\\') {
                escaped.append("\\e");
              } else if (character == '-') {
                escaped.append("\\-"); // else a hyphen, which can't be pasted into a shell
              } else if (character < 128) {
                escaped.append((char) character);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\[u%04X]", character));
              }
            });
    return escaped.toString();
  }
}
