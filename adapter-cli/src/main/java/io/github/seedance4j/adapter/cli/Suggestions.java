package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.FieldNames;
import io.github.seedance4j.adapter.cli.text.Shell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said to those who typed what is no command, or no flag.
 *
 * @param what what is wrong
 * @param next what they may have meant, a line each
 */
record Suggestions(String what, List<String> next) {

  private static final int SHOWN = 40;
  private static final int WORDS_OF_A_PROMPT = 3;

  /** What other programs call what is done here; several commands with a blank between them. */
  private static final Map<String, String> SYNONYMS = new LinkedHashMap<>();

  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("--fast", "--model fast"),
          Map.entry("--standard", "--model standard"),
          Map.entry("--seconds", "--duration"),
          Map.entry("--length", "--duration"),
          Map.entry("--out", "--output"),
          Map.entry("--count", "--takes"),
          Map.entry("-n", "--takes"),
          Map.entry("--silent", "--no-audio"),
          Map.entry("--mute", "--no-audio"),
          Map.entry("--reference", "--reference-image or --video"),
          Map.entry("--price", "--max-cost"));

  static {
    put("jobs", "list", "ls", "history", "log", "find", "search", "tasks", "clips");
    put("generate", "create", "make", "new", "gen", "video", "render", "run", "submit");
    put("again", "redo", "repeat", "rerun", "vary", "remix");
    put("again resume", "retry");
    put("open", "play", "view", "watch");
    put("show", "info", "inspect", "describe", "details");
    put("quote", "price", "estimate");
    put("quote usage", "cost", "costs");
    put("quote models", "prices", "pricing");
    put("usage", "spend", "spent", "bill", "billing", "stats");
    put("usage budget", "balance");
    put("budget", "limit", "cap");
    put("download", "fetch", "get", "pull", "save");
    put("status", "state", "poll");
    put("purge", "delete", "rm", "remove", "clean", "forget");
    put("report", "gallery", "html");
    put("config", "settings", "set", "configure", "profile");
    put("login", "auth", "key", "signin");
    put("doctor", "check", "test", "diagnose");
    put("sandbox", "demo", "try", "fake", "mock");
    put("prompt", "examples", "ideas", "templates");
    put("--version", "version", "about");
    put("--help", "usage-help", "commands");
  }

  private static void put(String commands, String... words) {
    for (String word : words) {
      SYNONYMS.put(word, commands);
    }
  }

  /**
   * Of a line whose command is none.
   *
   * @param near the commands that are spelt much like it
   */
  static Suggestions ofLine(
      Surroundings around,
      Set<String> commands,
      List<String> near,
      String message,
      String... line) {
    String first = line[0];
    boolean prompt = Arrays.stream(line).anyMatch(word -> word.strip().contains(" "));
    if (first.startsWith("-")) {
      for (int i = 1; i < line.length; i++) {
        if (commands.contains(line[i])) {
          List<String> ordered = new ArrayList<>(List.of(line));
          ordered.add(0, ordered.remove(i));
          return new Suggestions(
              "options go after the command, not before it",
              List.of("Write: " + command(around, ordered)));
        }
      }
      return new Suggestions(
          message, prompt ? List.of(generate(around, List.of(line))) : meant(near));
    }
    String what = "there is no command '" + JobTable.cut(first, SHOWN) + "'";
    String word = first.toLowerCase(Locale.ROOT);
    if (first.strip().contains(" ")) {
      return new Suggestions(what, List.of(generate(around, List.of(line))));
    }
    if (word.equals("cancel") || word.equals("stop") || word.equals("kill")) {
      return new Suggestions(
          what,
          List.of(
              "What was sent can't be called back: this provider knows no cancelling. What is under"
                  + " way: "
                  + command(around, List.of("jobs", "--state", "unfinished"))));
    }
    if (commands.contains(word)) {
      return new Suggestions(what, meant(List.of(word)));
    }
    Optional<String> slip = FieldNames.near(word, commands);
    if (slip.isPresent() && !SYNONYMS.containsKey(word)) {
      return new Suggestions(what, meant(List.of(slip.get())));
    }
    String known = SYNONYMS.get(word);
    if (known != null) {
      return new Suggestions(what, meant(List.of(known.split(" "))));
    }
    long words = Arrays.stream(line).takeWhile(one -> !one.startsWith("-")).count();
    if (near.isEmpty() && words >= WORDS_OF_A_PROMPT) {
      List<String> joined = new ArrayList<>();
      joined.add(Arrays.stream(line).limit(words).collect(Collectors.joining(" ")));
      joined.addAll(List.of(line).subList((int) words, line.length));
      return new Suggestions(what, List.of(generate(around, joined)));
    }
    return new Suggestions(what, meant(near));
  }

  /** Of a flag that a command doesn't have; those that it has are named whole. */
  static Suggestions ofFlag(Set<String> flags, List<String> near, String message, String flag) {
    String name = flag.replaceFirst("=.*$", "");
    if (name.matches("--\\d+p") && flags.contains("--720p")) {
      return new Suggestions("there is no " + name + ": clips are --480p or --720p", List.of());
    }
    String known = FLAGS.get(name);
    if (known != null && flags.contains(known.split(" ")[0])) {
      return new Suggestions(message, meant(List.of(known)));
    }
    return new Suggestions(message, meant(near));
  }

  private static String generate(Surroundings around, List<String> words) {
    List<String> line = new ArrayList<>(words);
    line.add(0, "generate");
    return "To make that clip: " + command(around, line);
  }

  /** As it can be typed; what has blanks is put in the quotes that most people use. */
  private static String command(Surroundings around, List<String> words) {
    return Shell.quote(around.program())
        + words.stream()
            .map(
                word ->
                    word.matches("[\\p{L}\\p{N} ,.:;?'-]+") && !word.equals(Shell.quote(word))
                        ? " \"" + word + "\""
                        : " " + Shell.quote(word))
            .collect(Collectors.joining());
  }

  private static List<String> meant(List<String> words) {
    return words.isEmpty()
        ? List.of()
        : List.of("Did you mean " + String.join(" or ", words) + "?");
  }
}
