package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which faults have struck, when and whom: the latest 10,000, oldest first. Thread-safe.
 */
final class Strikes {

  private static final int KEPT = 10_000;

  private final Clock clock;
  private final Deque<Strike> struck = new ArrayDeque<>();

  Strikes(Clock clock) {
    this.clock = clock;
  }

  /**
   * One fault that took effect.
   *
   * @param at by the fake's clock
   * @param task the one that it struck, or that the struck create has booked; null where there is
   *     none
   * @param prompt of that task, or of a create that booked none; null where none was read
   */
  record Strike(Fault fault, Instant at, @Nullable String task, @Nullable String prompt) {}

  /** To be called when a fault takes effect, not when it is scripted. */
  void add(Fault fault) {
    add(fault, null, null);
  }

  /** The same for one that struck this task, or the create that has booked it. */
  void add(Fault fault, HubTask task) {
    add(fault, task.id(), task.wanted().prompt());
  }

  /** The same for one that struck a create of which no task came. */
  void add(Fault fault, String prompt) {
    add(fault, null, prompt);
  }

  private synchronized void add(Fault fault, @Nullable String task, @Nullable String prompt) {
    if (struck.size() == KEPT) {
      struck.remove();
    }
    struck.add(new Strike(fault, clock.instant(), task, prompt));
  }

  /** The task's fault of that type, if it carries one: it takes effect now. */
  <F extends Fault> @Nullable F of(HubTask task, Class<F> type) {
    F fault = task.fault(type).orElse(null);
    if (fault != null) {
      add(fault, task);
    }
    return fault;
  }

  synchronized List<Strike> read() {
    return List.copyOf(struck);
  }
}
