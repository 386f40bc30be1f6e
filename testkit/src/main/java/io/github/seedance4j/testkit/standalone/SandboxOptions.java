package io.github.seedance4j.testkit.standalone;

import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.check.Enforcement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was typed behind the jar's name. */
final class SandboxOptions {

  static final String HELP =
      """
      Usage: java -jar seedance4j-sandbox.jar [OPTION...]
      Plays the provider on this machine, at no cost, until Ctrl-C. Any key that begins
      with th- will do.

        --port N          The port on 127.0.0.1. Default: any that is free.
        --ledger FILE     Append what would have been charged to FILE, as JSON lines.
        --task-seconds N  How long a task takes. Default: 0.
        --pace published  Let tasks take as long as users have published.
        --billing real    Charge the clip's real length, a frame more than was asked for.
                          Default: whole-seconds.
        --enforce WHAT    What a request is refused for. all: also what only the model's
                          maker says; stated: what the provider's guide says; nothing.
                          Default: stated.
        --seed N          Make task ids, and all that is left to chance, repeatable.
        --child           Print the base URL only, and end when standard input does: for
                          a program that starts this one.
        --lease FILE    The same, but end when nobody has touched FILE, which names this
                        process, for half an hour, or --patience SECONDS.
        --version         Print the version.
        --help            Show this help.

      Exit codes: 0 done, 2 wrong usage or can't start, 130 Ctrl-C.
      """;

  private static final BigDecimal LONGEST_TASK = new BigDecimal(86_400);

  private int port;
  private @Nullable Path ledger;
  private @Nullable Duration taskTime;
  private boolean published;
  private Billing billing = Billing.WHOLE_SECONDS;
  private Enforcement enforcement = Enforcement.STATED;
  private @Nullable Long seed;
  private boolean child;
  private @Nullable Path lease;
  private Duration patience = Duration.ofMinutes(30);
  private boolean help;
  private boolean version;
  private final Set<String> taken = new HashSet<>();

  private SandboxOptions() {}

  /**
   * @throws IllegalArgumentException if something can't be meant; the message is for the user
   */
  static SandboxOptions of(String... args) {
    SandboxOptions options = new SandboxOptions();
    Deque<String> words = new ArrayDeque<>(List.of(args));
    while (!words.isEmpty()) {
      String word = words.remove();
      int equals = word.indexOf('=');
      if (word.startsWith("--") && equals > 0) {
        words.addFirst(word.substring(equals + 1));
        word = word.substring(0, equals);
      }
      options.take(word, words);
    }
    if (options.published && options.taskTime != null) {
      throw new IllegalArgumentException("--task-seconds and --pace: give one of them");
    }
    return options;
  }

  private void take(String name, Deque<String> words) {
    if (name.startsWith("-") && !taken.add(name.equals("-p") ? "--port" : name)) {
      throw new IllegalArgumentException(name + ": given twice");
    }
    switch (name) {
      case "--port", "-p" -> port = (int) whole(name, value(name, words), 0, 65_535);
      case "--ledger" -> ledger = Path.of(value(name, words));
      case "--task-seconds" -> taskTime = seconds(name, value(name, words));
      case "--pace" -> published = oneOf(name, value(name, words), "published") == 0;
      case "--billing" ->
          billing =
              oneOf(name, value(name, words), "real", "whole-seconds") == 0
                  ? Billing.REAL_LENGTH
                  : Billing.WHOLE_SECONDS;
      case "--enforce" ->
          enforcement =
              List.of(Enforcement.ALL, Enforcement.STATED, Enforcement.NOTHING)
                  .get(oneOf(name, value(name, words), "all", "stated", "nothing"));
      case "--seed" -> seed = whole(name, value(name, words), Long.MIN_VALUE, Long.MAX_VALUE);
      case "--child" -> child = true;
      case "--lease" -> lease = Path.of(value(name, words));
      case "--patience" -> patience = seconds(name, value(name, words));
      case "--help", "-h" -> help = true;
      case "--version" -> version = true;
      default -> throw new IllegalArgumentException("there is no option " + name);
    }
  }

  private static String value(String name, Deque<String> words) {
    String value = words.poll();
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + ": needs a value");
    }
    return value;
  }

  private static long whole(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        name + ": a whole number, " + least + " to " + most + ", not " + value);
  }

  private static Duration seconds(String name, String value) {
    if (value.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")) {
      BigDecimal number = new BigDecimal(value);
      if (number.compareTo(LONGEST_TASK) <= 0) {
        return Duration.ofMillis(number.movePointRight(3).longValueExact());
      }
    }
    throw new IllegalArgumentException(name + ": seconds, 0 to 86400, not " + value);
  }

  private static int oneOf(String name, String value, String... words) {
    int found = List.of(words).indexOf(value.toLowerCase(Locale.ROOT));
    if (found < 0) {
      throw new IllegalArgumentException(
          name + ": " + String.join(" or ", words) + ", not " + value);
    }
    return found;
  }

  int port() {
    return port;
  }

  @Nullable Path ledger() {
    return ledger;
  }

  Pace pace() {
    if (published) {
      return Pace.published();
    }
    return taskTime == null ? Pace.IMMEDIATE : Pace.of(taskTime);
  }

  Billing billing() {
    return billing;
  }

  Enforcement enforcement() {
    return enforcement;
  }

  @Nullable Long seed() {
    return seed;
  }

  boolean child() {
    return child;
  }

  @Nullable Path lease() {
    return lease;
  }

  Duration patience() {
    return patience;
  }

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }
}
