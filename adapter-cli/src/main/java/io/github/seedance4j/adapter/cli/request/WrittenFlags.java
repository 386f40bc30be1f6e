package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobText;
import io.github.seedance4j.adapter.cli.command.Talk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Knows which flag a field of a request came from, so that messages can say what was typed. */
final class WrittenFlags {

  private static final Pattern FIELD = Pattern.compile("(\\w+)(?:\\[(\\d+)])?(?:\\..*)?");

  private final Map<String, List<Value>> fields = new HashMap<>();

  private record Value(Flag<?> flag, @Nullable String text) {}

  /** A flag without a value to show. */
  WrittenFlags add(String field, Flag<?> flag) {
    return add(field, flag, (String) null);
  }

  /** A flag with what it was set to, if it was; one for each item where several make a list. */
  WrittenFlags add(String field, Flag<?> flag, @Nullable String value) {
    if (flag.value() != null && !Boolean.FALSE.equals(flag.value())) {
      fields.computeIfAbsent(field, name -> new ArrayList<>()).add(new Value(flag, value));
    }
    return this;
  }

  /** A flag that was given so often, each time an item of a list. */
  WrittenFlags addAll(String field, Flag<List<String>> flag) {
    flag.or(List.of()).forEach(value -> add(field, flag, value));
    return this;
  }

  /**
   * Such as {@code --duration 20}; empty if no flag said it.
   *
   * @param path of the field, in the wire's names
   * @param typed the command's words
   */
  String of(String path, List<String> typed) {
    Matcher field = FIELD.matcher(path);
    if (!field.matches()) {
      return "";
    }
    List<Value> values = fields.getOrDefault(field.group(1), List.of());
    int index = field.group(2) == null ? 0 : Integer.parseInt(field.group(2));
    if (index >= values.size()) {
      return "";
    }
    Value value = values.get(index);
    String name = name((OptionSpec) value.flag.spec(), typed);
    boolean one = values.size() == 1 || field.group(2) != null;
    return value.text == null || !one ? name : name + " " + shown(value.text);
  }

  /** As it was typed if that was in full, else its first full name. */
  private static String name(OptionSpec flag, List<String> typed) {
    List<String> names = Arrays.stream(flag.names()).filter(name -> name.startsWith("--")).toList();
    return names.stream()
        .filter(name -> typed.stream().anyMatch(word -> is(word, name)))
        .findFirst()
        .orElse(names.get(0));
  }

  private static boolean is(String word, String name) {
    return word.equals(name) || word.startsWith(name + "=");
  }

  /** Without what an address is signed with. */
  private static String shown(String value) {
    return value.startsWith("data:")
        ? "data:…"
        : Talk.printable(JobText.shortened(value.replaceAll("\\?.*", "?…")));
  }
}
