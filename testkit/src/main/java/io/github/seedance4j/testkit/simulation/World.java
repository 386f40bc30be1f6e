package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.out.JobJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that there is in a run: the clock, the provider, the durable journal, the instances over it.
 * One thread lives it all; while one instance is inside a call of a port, others may act.
 */
final class World {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final int DEEPEST = 3;

  /** Far more than any run takes: whoever goes round in circles is told apart by it. */
  private static final long MOST_STEPS = 200_000;

  final long seed;
  final Chance chance;
  final Hub hub;
  final Judge judge;
  final JobJournal durable;
  final Files files = new Files();
  final UnaryOperator<Ports> sabotage;
  final List<Budget> caps = new ArrayList<>();
  final List<Instance> instances = new ArrayList<>();
  final Settings settings;
  int crashes;
  int unknown;

  private final StringBuilder trace = new StringBuilder(1 << 14);
  private final Actions actions;
  private Weather weather;
  private Instant now = START;
  private long order;
  private long ids;
  private long steps;
  private int depth;
  private @Nullable SimulationFailure failure;

  World(long seed, JobJournal durable, UnaryOperator<Ports> sabotage) {
    this.seed = seed;
    this.durable = durable;
    this.sabotage = sabotage;
    this.chance = new Chance(seed);
    this.settings = Settings.drawn(chance);
    this.hub = new Hub(this);
    this.judge = new Judge(this);
    this.actions = new Actions(this);
    this.weather = Weather.CALM;
  }

  /** Begins with as many instances as the settings say, and trouble from here on. */
  void begin() {
    trace.append(settings).append('\n');
    caps.addAll(settings.caps());
    for (int slot = 0; slot < settings.instances(); slot++) {
      instances.add(Instance.unborn(this, slot));
      open(slot);
    }
    weather = settings.weather();
  }

  /** Lives until there was enough trouble, then until nothing moves any more. */
  void live() {
    begin();
    for (int action = 0; action < settings.actions(); action++) {
      actions.any();
      if (chance.of(0.7)) {
        advance(chance.seconds(0, chance.of(0.2) ? 120 : 15));
      }
      judge.everything();
    }
    heal();
  }

  private void heal() {
    note("heals");
    weather = Weather.CALM;
    hub.heal();
    boolean anew = chance.of(0.5);
    for (int slot = 0; slot < instances.size(); slot++) {
      instances.get(slot).thaw();
      if (anew || !instances.get(slot).isRunning()) {
        reopen(slot);
      }
    }
    rest();
    for (int slot = 0; slot < instances.size(); slot++) { // so that nothing is left untold
      reopen(slot);
    }
    advance(settings.lease().multipliedBy(2));
    rest(); // what was owed to the journal got there as they closed
    judge.everything();
    judge.atRest();
    unknown = judge.unknown();
    actions.settleAll();
    judge.settled();
    instances.forEach(Instance::close);
    throwFailure();
  }

  private void rest() {
    Instant end = now.plus(Duration.ofHours(8));
    while (!judge.isAtRest() && now.isBefore(end)) {
      advance(Duration.ofSeconds(10));
    }
    judge.nothingStuck();
  }

  void open(int slot) {
    instances.set(slot, instances.get(slot).next());
    instances.get(slot).open();
  }

  private void reopen(int slot) {
    instances.get(slot).close();
    open(slot);
  }

  Instant now() {
    return now;
  }

  Weather weather() {
    return weather;
  }

  long steps() {
    return steps;
  }

  String trace() {
    return trace.toString();
  }

  long nextOrder() {
    return order++;
  }

  JobId nextId() {
    return new JobId("job-%08d".formatted(++ids));
  }

  void note(String what) {
    Duration since = Duration.between(START, now);
    trace
        .append(steps)
        .append(' ')
        .append(since.toMillis() / 1000.0)
        .append("s ")
        .append(" ".repeat(depth))
        .append(what)
        .append('\n');
  }

  /** Counts a call of a port. */
  void step() {
    if (++steps > MOST_STEPS) {
      fail(Invariant.NOTHING_STUCK, "it goes round in circles");
    }
  }

  /** Something else happens, while somebody is inside a call of a port. */
  void meanwhile() {
    if (depth >= DEEPEST || !chance.of(weather.race())) {
      return;
    }
    depth++;
    try {
      if (chance.of(0.5)) {
        actions.any();
      } else {
        advance(chance.seconds(0, 20));
      }
    } finally {
      depth--;
    }
  }

  /** Time passes while somebody waits for an answer. */
  void linger(Duration by) {
    if (depth >= DEEPEST) {
      return;
    }
    depth++;
    try {
      advance(by);
    } finally {
      depth--;
    }
  }

  /** Lets that much time pass; what falls due meanwhile happens, in order. */
  void advance(Duration by) {
    Instant end = now.plus(by);
    while (failure == null) {
      Instance next = null;
      Instant first = end;
      for (Instance instance : instances) {
        Instant due = instance.nextDue();
        if (due != null && (next == null ? !due.isAfter(end) : due.isBefore(first))) {
          next = instance;
          first = due;
        }
      }
      if (next == null) {
        break;
      }
      now = first.isAfter(now) ? first : now;
      next.runNext();
    }
    now = end.isAfter(now) ? end : now;
    throwFailure();
  }

  /** Ends the run: from here on nobody's calls take effect. */
  void fail(Invariant invariant, String what) {
    throw failure(invariant, what);
  }

  /** As {@link #fail}, without throwing it. */
  SimulationFailure failure(Invariant invariant, String what) {
    SimulationFailure known = failure;
    if (known == null) {
      known = new SimulationFailure(seed, steps, invariant, what, trace.toString());
      failure = known;
    }
    return known;
  }

  boolean isOver() {
    return failure != null;
  }

  /** What the library caught must not be lost. */
  void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }
}
