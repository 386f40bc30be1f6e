package io.github.seedance4j.adapter.cli.manual;

import io.github.seedance4j.adapter.cli.manual.Outline.Flag;
import io.github.seedance4j.adapter.cli.manual.Outline.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For fish 3, with descriptions. */
final class FishCompletion {

  private static final String HEAD =
      """
      # fish completion for seedance: in ~/.config/fish/completions, or sourced

      function __seedance_jobs
        set -l words (commandline -opc)
        eval (string escape -- (string replace -r '^~' $HOME -- $words[1])) \\
          JOBS -- (string escape -- (commandline -ct)) 2> /dev/null
      end

      function __seedance_media
        if string match -q 'job:*' -- (commandline -ct)
          __seedance_jobs
        else
          __fish_complete_path (commandline -ct)
        end
      end

      complete -c seedance -f
      complete -c seedance -n __fish_use_subcommand -s h -l help -d 'Show the help'
      complete -c seedance -n __fish_use_subcommand -s V -l version -d 'Show the version'
      """;

  private FishCompletion() {}

  static String script(List<Outline> commands) {
    StringBuilder script = new StringBuilder(HEAD.replace("JOBS", Completion.JOBS));
    for (Outline command : commands) {
      script
          .append("\ncomplete -c seedance -n __fish_use_subcommand -a ")
          .append(command.name())
          .append(" -d ")
          .append(quoted(Gist.of(command.description())))
          .append('\n');
      String here = "complete -c seedance -n '__fish_seen_subcommand_from " + command.name() + "'";
      if (offer(command.argument()).length() > 0) {
        script.append(here).append(" -k").append(offer(command.argument())).append('\n');
      }
      for (Flag flag : command.flags()) {
        script.append(here);
        for (String name : flag.names()) {
          script
              .append(name.startsWith("--") ? " -l " : " -s ")
              .append(name.replaceFirst("^--?", ""));
        }
        script
            .append(flag.value() == null ? "" : " -x" + offer(flag.value()))
            .append(" -d ")
            .append(quoted(Gist.of(flag.description())))
            .append('\n');
      }
    }
    return script.toString();
  }

  private static String offer(@Nullable Value value) {
    if (value == null) {
      return "";
    }
    return switch (value.kind()) {
      case TEXT -> "";
      case WORDS -> " -a " + quoted(String.join(" ", value.words()));
      case FILE -> " -a '(__fish_complete_path (commandline -ct))'";
      case DIRECTORY -> " -a '(__fish_complete_directories (commandline -ct))'";
      case MEDIA -> " -a '(__seedance_media)'";
      case JOB -> " -a '(__seedance_jobs)'";
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
