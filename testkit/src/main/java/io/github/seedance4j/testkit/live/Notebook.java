package io.github.seedance4j.testkit.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a run sees: rules judged, and things seen, each under a name. Tells people as it goes.
 */
final class Notebook {

  private final Secrets secrets;
  private final Consumer<String> out;
  private final List<Check> checks = new ArrayList<>();
  private final Map<String, Object> seen = new LinkedHashMap<>();

  /** A rule, and what was seen where it did not hold. */
  record Check(String rule, boolean held, String seen) {}

  Notebook(Secrets secrets, Consumer<String> out) {
    this.secrets = secrets;
    this.out = out;
  }

  Secrets secrets() {
    return secrets;
  }

  void say(String text) {
    out.accept(secrets.hidden(text));
  }

  /** Something that a rule says, which throws where it does not hold. */
  @FunctionalInterface
  interface Judgement {
    void run() throws Exception;
  }

  /** Judges a rule; whatever is thrown, it did not hold. */
  boolean judge(String rule, Judgement judgement) {
    String why = "";
    boolean held = true;
    try {
      judgement.run();
    } catch (AssertionError | Exception e) {
      held = false;
      why = secrets.hidden(String.valueOf(e.getMessage())).strip();
    }
    checks.add(new Check(rule, held, why));
    say((held ? "  holds   " : "  BROKEN  ") + rule + (held ? "" : ": " + why));
    return held;
  }

  /** Judges what can be said as yes or no. */
  boolean judge(String rule, boolean holds, String seen) {
    return judge(
        rule,
        () -> {
          if (!holds) {
            throw new AssertionError(seen);
          }
        });
  }

  void see(String name, Object value) {
    seen.put(name, value);
  }

  /** What was seen under that name; the other text where nothing was. */
  String seen(String name, String otherwise) {
    Object value = seen.get(name);
    return value == null ? otherwise : value.toString();
  }

  Map<String, Object> seen() {
    return seen;
  }

  List<Check> checks() {
    return checks;
  }

  List<String> breaches() {
    return checks.stream()
        .filter(check -> !check.held())
        .map(check -> check.rule() + ": " + check.seen())
        .toList();
  }

  /** What that throws; null if it returns. */
  static @Nullable Throwable thrownBy(Callable<?> call) {
    try {
      call.call();
      return null;
    } catch (Exception e) {
      return e;
    }
  }
}
