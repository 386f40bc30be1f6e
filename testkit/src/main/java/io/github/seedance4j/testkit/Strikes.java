package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers which faults have struck, the latest 10,000, in order. Thread-safe. */
final class Strikes {

  private static final int KEPT = 10_000;

  private final Deque<Fault> struck = new ArrayDeque<>();

  /** To be called when a fault takes effect, not when it is scripted. */
  synchronized void add(Fault fault) {
    if (struck.size() == KEPT) {
      struck.remove();
    }
    struck.add(fault);
  }

  /** The task's fault of that type, if it carries one: it takes effect now. */
  <F extends Fault> @Nullable F of(HubTask task, Class<F> type) {
    F fault = task.fault(type).orElse(null);
    if (fault != null) {
      add(fault);
    }
    return fault;
  }

  synchronized List<Fault> read() {
    return List.copyOf(struck);
  }
}
