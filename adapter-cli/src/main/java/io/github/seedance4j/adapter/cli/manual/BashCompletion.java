package io.github.seedance4j.adapter.cli.manual;

import io.github.seedance4j.adapter.cli.manual.Outline.Flag;
import io.github.seedance4j.adapter.cli.manual.Outline.Kind;
import io.github.seedance4j.adapter.cli.manual.Outline.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For bash 3.2 and later, with the package bash-completion or without. */
final class BashCompletion {

  /** Colons and equals signs part words in bash: they are put together again, and left out. */
  private static final String HEAD =
      """
      # bash completion for seedance: source it, or put it where bash-completion looks

      _seedance_offer() { # KIND [WORDS]
        local IFS=$'\\n' offer
        COMPREPLY=()
        case $1 in
          words) COMPREPLY=($(IFS=' ' && compgen -W "$2" -- "$cur")) ;;
          directory) COMPREPLY=($(compgen -d -- "$cur")) && compopt -o filenames 2> /dev/null ;;
          file) COMPREPLY=($(compgen -f -- "$cur")) && compopt -o filenames 2> /dev/null ;;
          media) case $cur in job:*) _seedance_offer job ;; *) _seedance_offer file ;; esac; return ;;
          job)
            for offer in $("${COMP_WORDS[0]/#\\~/$HOME}" JOBS -- "$cur" 2> /dev/null); do
              COMPREPLY+=("${offer%%$'\\t'*}")
            done
            ;;
        esac
        case $cur in
          *:*) COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}") ;;
        esac
      }

      _seedance() {
        local i=$COMP_CWORD cur=${COMP_WORDS[COMP_CWORD]} prev
        COMPREPLY=()
        while ((i > 2)) && [[ ${COMP_WORDS[i]} == : || ${COMP_WORDS[i - 1]} == : ]]; do
          ((i -= 1))
          cur=${COMP_WORDS[i]}$cur
        done
        prev=${COMP_WORDS[i - 1]}
        if [[ $cur == = ]]; then
          cur=
        elif [[ $prev == = ]] && ((i > 2)); then
          prev=${COMP_WORDS[i - 2]}
        fi
        if ((COMP_CWORD == 1)); then
          _seedance_offer words 'COMMANDS'
          return
        fi
        case ${COMP_WORDS[1]} in
      """;

  private static final String FOOT =
      """
        esac
      }

      complete -o nosort -F _seedance seedance 2> /dev/null || complete -F _seedance seedance
      """;

  private BashCompletion() {}

  static String script(List<Outline> commands) {
    StringBuilder script = new StringBuilder();
    String names = commands.stream().map(Outline::name).collect(Collectors.joining(" "));
    script.append(
        HEAD.replace("JOBS", Completion.JOBS).replace("COMMANDS", names + " --help --version"));
    commands.forEach(command -> append(script, command));
    return script.append(FOOT).toString();
  }

  private static void append(StringBuilder script, Outline command) {
    Map<String, List<String>> byOffer = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    for (Flag flag : command.flags()) {
      all.addAll(flag.names());
      if (flag.value() != null) {
        byOffer
            .computeIfAbsent(offer(flag.value()), offer -> new ArrayList<>())
            .addAll(flag.names());
      }
    }
    script.append("    ").append(command.name()).append(")\n");
    script.append("      case $prev in\n");
    byOffer.forEach(
        (offer, names) ->
            script
                .append("        ")
                .append(String.join(" | ", names))
                .append(")\n          ")
                .append(offer)
                .append("\n          return\n          ;;\n"));
    script.append("      esac\n");
    script.append("      case $cur in\n        -*) _seedance_offer words '");
    script.append(String.join(" ", all)).append("' ;;\n");
    script.append("        *)");
    appendArguments(script, command);
    script.append(" ;;\n");
    script.append("      esac\n      ;;\n");
  }

  /** By where they stand, where that makes a difference. */
  private static void appendArguments(StringBuilder script, Outline command) {
    List<Value> further = command.further();
    if (further.stream().allMatch(value -> value.kind() == Kind.TEXT)) {
      script.append(" ").append(offer(command.argument()));
      return;
    }
    script.append("\n          case $COMP_CWORD in\n            2) ");
    script.append(offer(command.argument())).append(" ;;\n");
    for (int i = 0; i < further.size(); i++) {
      script.append("            ").append(i + 3).append(") ");
      script.append(offer(further.get(i))).append(" ;;\n");
    }
    script.append("          esac");
  }

  private static String offer(@Nullable Value value) {
    if (value == null) {
      return ":";
    }
    return switch (value.kind()) {
      case TEXT -> ":";
      case WORDS -> "_seedance_offer words '" + String.join(" ", value.words()) + "'";
      case FILE -> "_seedance_offer file";
      case DIRECTORY -> "_seedance_offer directory";
      case MEDIA -> "_seedance_offer media";
      case JOB -> "_seedance_offer job";
    };
  }
}
