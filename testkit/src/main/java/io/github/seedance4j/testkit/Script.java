package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What shall go wrong and has not yet, as the test told it. For a create a rule on its prompt comes
 * first, then the queue, then chance. Thread-safe.
 */
final class Script {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");

  private final Deque<List<Fault>> queue = new ArrayDeque<>();
  private final Map<String, List<Fault>> rules = new LinkedHashMap<>();
  private final List<Chance> chances = new ArrayList<>();
  private final Deque<ConnectionFault> connections = new ArrayDeque<>();
  private final SplittableRandom random;
  private final long seed;
  private boolean seedKnown;

  /**
   * @param seedGiven whether the user knows the seed; otherwise it is logged when it matters
   */
  Script(long seed, boolean seedGiven) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.seedKnown = seedGiven;
  }

  /** Faults that strike with that probability. */
  record Chance(double probability, List<Fault> faults) {}

  /**
   * What a create's head has already decided.
   *
   * @param reset what resets it before its body is read
   * @param drawn what chance has for it, if nothing else applies
   */
  record Luck(CreateFault.@Nullable ResetsBeforeRead reset, List<Fault> drawn) {
    static final Luck NONE = new Luck(null, List.of());
  }

  synchronized void next(List<Fault> faults) {
    queue.add(ofOneCreate(faults));
  }

  synchronized void onPrompt(String part, List<Fault> faults) {
    if (faults.stream().anyMatch(CreateFault.ResetsBeforeRead.class::isInstance)) {
      throw new IllegalArgumentException(
          "faults: a create that is reset before it is read has no prompt yet");
    }
    rules.put(part, ofOneCreate(faults));
  }

  void sometimes(double probability, List<Fault> faults) {
    sometimes("probability", probability, faults);
  }

  /**
   * @param name what whoever says it calls the probability
   */
  synchronized void sometimes(String name, double probability, List<Fault> faults) {
    double sum = probability + chances.stream().mapToDouble(Chance::probability).sum();
    if (!(probability > 0) || sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          name + ": over 0, and 1 at most with those before it, not " + probability);
    }
    chances.add(new Chance(probability, ofOneCreate(faults)));
    if (!seedKnown) {
      seedKnown = true;
      LOG.log(
          System.Logger.Level.INFO,
          () ->
              "faults by chance are drawn with the seed "
                  + seed
                  + "; to have them again: --seed "
                  + seed
                  + " for the sandbox, seed("
                  + seed
                  + "L) of FakeTokenHub.builder() in Java");
    }
  }

  synchronized void nextConnection(ConnectionFault fault) {
    connections.add(fault);
  }

  synchronized void clear() {
    queue.clear();
    rules.clear();
    chances.clear();
    connections.clear();
  }

  long seed() {
    return seed;
  }

  /** What is scripted at this moment, in the order in which it was said. */
  record Waiting(
      List<List<Fault>> next,
      Map<String, List<Fault>> prompts,
      List<Chance> chances,
      List<ConnectionFault> connections) {}

  synchronized Waiting waiting() {
    return new Waiting(
        List.copyOf(queue),
        new LinkedHashMap<>(rules),
        List.copyOf(chances),
        List.copyOf(connections));
  }

  /** Takes what is meant for the connection that was just accepted. */
  synchronized @Nullable ConnectionFault connection() {
    return connections.poll();
  }

  /** Draws for the create whose head was just read. */
  synchronized Luck createBegun() {
    List<Fault> drawn = draw();
    List<Fault> due = queue.isEmpty() ? drawn : queue.element();
    CreateFault.ResetsBeforeRead reset = reset(due);
    if (reset != null && !queue.isEmpty()) {
      queue.remove();
    }
    return reset == null && drawn.isEmpty() ? Luck.NONE : new Luck(reset, drawn);
  }

  private List<Fault> draw() {
    if (chances.isEmpty()) {
      return List.of();
    }
    // one number a create, so that what is drawn depends on the order of creates alone
    double at = random.nextDouble();
    for (Chance chance : chances) {
      at -= chance.probability;
      if (at < 0) {
        return chance.faults;
      }
    }
    return List.of();
  }

  /** Takes what shall become of a create that was read and passed the checks. */
  synchronized List<Fault> createRead(String prompt, Luck luck) {
    for (Map.Entry<String, List<Fault>> rule : rules.entrySet()) {
      if (prompt.contains(rule.getKey())) {
        return rule.getValue();
      }
    }
    Iterator<List<Fault>> waiting = queue.iterator();
    while (waiting.hasNext()) {
      List<Fault> faults = waiting.next();
      // came to the front while this one was read: it is for the next head
      if (reset(faults) == null) {
        waiting.remove();
        return faults;
      }
    }
    return reset(luck.drawn) == null ? luck.drawn : List.of();
  }

  private static CreateFault.@Nullable ResetsBeforeRead reset(List<Fault> faults) {
    for (Fault fault : faults) {
      if (fault instanceof CreateFault.ResetsBeforeRead reset) {
        return reset;
      }
    }
    return null;
  }

  private static List<Fault> ofOneCreate(List<Fault> faults) {
    if (faults.stream().filter(CreateFault.class::isInstance).count() > 1) {
      throw new IllegalArgumentException(
          "faults: one at most that strikes the create, not "
              + JsonWriter.write(AdminFaults.trees(faults)));
    }
    for (Fault fault : faults) {
      if (fault instanceof ConnectionFault) {
        throw new IllegalArgumentException(
            "faults: "
                + FaultJson.nameOf(fault.getClass())
                + " strikes a connection, not a create: it is to be scripted apart from faults that"
                + " do, with nothing but how often (in Java: nextConnection)");
      }
    }
    return faults;
  }
}
