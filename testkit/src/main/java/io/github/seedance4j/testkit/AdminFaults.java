package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Faults as the admin path takes and shows them. Thread-safe. */
final class AdminFaults {

  private static final BigDecimal MOST_TIMES = BigDecimal.valueOf(10_000);
  private static final int MOST_SHOWN = 50;
  private static final Set<String> FIELDS = Set.of("faults", "times", "prompt", "task", "chance");
  private static final List<Map<String, Object>> KNOWN = known();

  private final Script script;
  private final Consumer<ConnectionFault> connections;
  private final Function<String, Optional<TaskScript>> tasks;

  AdminFaults(
      Script script,
      Consumer<ConnectionFault> connections,
      Function<String, Optional<TaskScript>> tasks) {
    this.script = script;
    this.connections = connections;
    this.tasks = tasks;
  }

  /** What there is, and what is scripted. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("scripted", scripted());
    tree.put("known", KNOWN);
    return tree;
  }

  Map<String, Object> scripted() {
    Script.Waiting waiting = script.waiting();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("next_count", waiting.next().size());
    tree.put("next", waiting.next().stream().limit(MOST_SHOWN).map(AdminFaults::trees).toList());
    tree.put(
        "prompts",
        waiting.prompts().entrySet().stream()
            .map(rule -> rule("prompt", rule.getKey(), rule.getValue()))
            .toList());
    tree.put(
        "chances",
        waiting.chances().stream()
            .map(one -> rule("chance", BigDecimal.valueOf(one.probability()), one.faults()))
            .toList());
    tree.put("connections", trees(waiting.connections()));
    return tree;
  }

  private static Map<String, Object> rule(String name, Object value, List<Fault> faults) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put(name, value);
    rule.put("faults", trees(faults));
    return rule;
  }

  void clear() {
    script.clear();
  }

  /**
   * @throws IllegalArgumentException if it can't be scripted so; nothing is, then
   */
  void script(Map<?, ?> asked) {
    for (Object field : asked.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            field + ": the fields are faults, and one of times, prompt, task, chance");
      }
    }
    if (asked.size() > 2) {
      throw new IllegalArgumentException("times, prompt, task, chance: one of them at most");
    }
    List<Fault> faults = faults(asked.get("faults"));
    if (asked.containsKey("prompt")) {
      script.onPrompt(text("prompt", asked.get("prompt")), faults);
    } else if (asked.containsKey("task")) {
      task(text("task", asked.get("task"))).with(faults.toArray(Fault[]::new));
    } else if (asked.containsKey("chance")) {
      script.sometimes("chance", chance(asked.get("chance")), faults);
    } else {
      times(asked.containsKey("times") ? times(asked.get("times")) : 1, faults);
    }
  }

  private void times(int times, List<Fault> faults) {
    List<ConnectionFault> ofConnections =
        faults.stream()
            .filter(ConnectionFault.class::isInstance)
            .map(ConnectionFault.class::cast)
            .toList();
    boolean all = !faults.isEmpty() && ofConnections.size() == faults.size();
    for (int i = 0; i < times; i++) {
      if (all) {
        ofConnections.forEach(connections);
      } else {
        script.next(faults);
      }
    }
  }

  private TaskScript task(String id) {
    return tasks
        .apply(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "task: no task of this fake: " + JsonWriter.write(id)));
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException(name + ": a text, not " + JsonWriter.write(value));
  }

  private static double chance(@Nullable Object value) {
    if (value instanceof BigDecimal number
        && number.signum() > 0
        && number.compareTo(BigDecimal.ONE) <= 0) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        "chance: over 0 and up to 1, not " + JsonWriter.write(value));
  }

  private static int times(@Nullable Object times) {
    if (times instanceof BigDecimal number
        && number.signum() > 0
        && number.compareTo(MOST_TIMES) <= 0
        && number.stripTrailingZeros().scale() <= 0) {
      return number.intValueExact();
    }
    throw new IllegalArgumentException(
        "times: 1 to " + MOST_TIMES + ", not " + JsonWriter.write(times));
  }

  private static List<Fault> faults(@Nullable Object asked) {
    if (!(asked instanceof List<?> list)) {
      throw new IllegalArgumentException(
          "faults: a list such as [{\"fault\":\"resets-after-charge\"}], not "
              + JsonWriter.write(asked));
    }
    List<Fault> faults = new ArrayList<>();
    for (Object one : list) {
      if (!(one instanceof Map<?, ?> tree)) {
        throw new IllegalArgumentException(
            "faults: objects such as {\"fault\":\"resets-after-charge\"}, not "
                + JsonWriter.write(one));
      }
      faults.add(FaultJson.read(tree));
    }
    return List.copyOf(faults);
  }

  static List<Map<String, @Nullable Object>> trees(List<? extends Fault> faults) {
    return faults.stream().<Map<String, @Nullable Object>>map(FaultJson::write).toList();
  }

  private static List<Map<String, Object>> known() {
    List<Map<String, Object>> known = new ArrayList<>();
    for (String name : FaultJson.names()) {
      Fault usual;
      try {
        usual = FaultJson.read(Map.of("fault", name));
      } catch (IllegalArgumentException byCodeOnly) {
        continue;
      }
      Map<String, @Nullable Object> parameters = FaultJson.write(usual);
      parameters.remove("fault");
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("fault", name);
      tree.put("strikes", strikes(usual));
      tree.put("parameters", parameters);
      known.add(tree);
    }
    return List.copyOf(known);
  }

  private static String strikes(Fault fault) {
    if (fault instanceof ConnectionFault) {
      return "connection";
    }
    if (fault instanceof CreateFault) {
      return "create";
    }
    return fault instanceof TaskFault ? "task" : "file";
  }
}
