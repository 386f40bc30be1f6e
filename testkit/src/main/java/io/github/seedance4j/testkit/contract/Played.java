package io.github.seedance4j.testkit.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a rule has played last and what came of it, to be told if it fails. Thread-safe. */
final class Played {

  private static final int LINES = 6;
  private static final int MOST_CHARACTERS = 300;

  /** How a fault that has a function in it ends up in its text. */
  private static final Pattern FUNCTION = Pattern.compile("[\\w.$]+\\$\\$Lambda[\\w./$@]*");

  private static final ThreadLocal<@Nullable Played> NOW = new ThreadLocal<>();

  private final Deque<String> lines = new ArrayDeque<>();
  private final Set<String> secrets = new LinkedHashSet<>();

  /** Of the rule that runs on this thread; of nobody where none does. */
  static Played now() {
    Played now = NOW.get();
    return now == null ? new Played() : now;
  }

  /** What runs on this thread from here on; gives back what ran before. */
  static @Nullable Played replace(@Nullable Played by) {
    Played before = NOW.get();
    NOW.set(by);
    return before;
  }

  /** A line for what begins now. */
  synchronized void begins(String what) {
    add(what);
  }

  /** A line for what came of it. */
  synchronized void came(@Nullable Object outcome) {
    add("  -> " + outcome);
  }

  private void add(String line) {
    String text = FUNCTION.matcher(line).replaceAll("a function");
    lines.add(text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text);
    if (lines.size() > LINES) {
      lines.remove();
    }
  }

  /** Not to be told, whoever says it. */
  synchronized void secret(String text) {
    if (!text.isEmpty()) {
      secrets.add(text);
    }
  }

  /** The message with the latest lines below it, without the secrets. */
  synchronized String toldWith(String message) {
    StringBuilder told = new StringBuilder(message);
    if (!lines.isEmpty()) {
      told.append("\nplayed last:");
      lines.forEach(line -> told.append("\n  ").append(line));
    }
    String text = told.toString();
    for (String secret : secrets) {
      text = text.replace(secret, Judgements.BLOT);
    }
    return text;
  }
}
