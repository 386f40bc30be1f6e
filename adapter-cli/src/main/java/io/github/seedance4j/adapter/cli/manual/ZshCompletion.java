package io.github.seedance4j.adapter.cli.manual;

import io.github.seedance4j.adapter.cli.manual.Outline.Flag;
import io.github.seedance4j.adapter.cli.manual.Outline.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For zsh 5, on its own completion system, with descriptions. */
final class ZshCompletion {

  private static final String HEAD =
      """
      #compdef seedance
      # zsh completion for seedance: as _seedance in a directory of $fpath, or sourced

      _seedance_jobs() {
        local -a jobs
        jobs=("${(@f)$("${program/#\\~/$HOME}" JOBS -- "$PREFIX" 2> /dev/null)}")
        jobs=("${(@)${(@)jobs//:/\\\\:}/$'\\t'/:}")
        [[ -n $jobs[1] ]] && _describe -V job jobs
      }

      _seedance_media() {
        if [[ $PREFIX == job:* ]]; then _seedance_jobs; else _files; fi
      }

      _seedance() {
        local program=$words[1] context state line
        local -a commands
        if ((CURRENT == 2)); then
          commands=(
      """;

  private ZshCompletion() {}

  static String script(List<Outline> commands) {
    StringBuilder script = new StringBuilder(HEAD.replace("JOBS", Completion.JOBS));
    for (Outline command : commands) {
      script
          .append("      ")
          .append(quoted(command.name() + ":" + Gist.of(command.description())))
          .append('\n');
    }
    script.append("    )\n    _describe -V command commands\n    return\n  fi\n");
    script.append("  local command=$words[2]\n  shift words\n  ((CURRENT -= 1))\n");
    script.append("  case $command in\n");
    commands.forEach(command -> append(script, command));
    return script
        .append("  esac\n}\n\n")
        .append("if [[ $funcstack[1] == _seedance ]]; then\n  _seedance \"$@\"\n")
        .append("else\n  compdef _seedance seedance\nfi\n")
        .toString();
  }

  private static void append(StringBuilder script, Outline command) {
    script.append("    ").append(command.name()).append(")\n      _arguments -S");
    for (Flag flag : command.flags()) {
      String others = flag.repeatable() ? "*" : "(" + String.join(" ", flag.names()) + ")";
      for (String name : flag.names()) {
        boolean isLong = name.startsWith("--");
        script
            .append(" \\\n        ")
            .append(
                quoted(
                    others
                        + name
                        + (flag.value() == null ? "" : isLong ? "=" : "+")
                        + "["
                        + escaped(Gist.of(flag.description()))
                        + "]"
                        + action(flag.value())));
      }
    }
    Value argument = command.argument();
    if (argument != null) {
      script
          .append(" \\\n        ")
          .append(quoted((argument.repeatable() ? "*" : "") + action(argument)));
    }
    script.append("\n      ;;\n");
  }

  private static String action(@Nullable Value value) {
    if (value == null) {
      return "";
    }
    String what =
        switch (value.kind()) {
          case TEXT -> " ";
          case WORDS -> "(" + String.join(" ", value.words()).replace(":", "\\:") + ")";
          case FILE -> "_files";
          case DIRECTORY -> "_files -/";
          case MEDIA -> "_seedance_media";
          case JOB -> "_seedance_jobs";
        };
    return ":" + escaped(value.label()) + ":" + what;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
