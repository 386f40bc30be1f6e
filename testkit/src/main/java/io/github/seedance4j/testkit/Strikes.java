package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import java.util.ArrayList;
import java.util.List;

/** Remembers which faults have struck, the latest 10,000, in order. Thread-safe. */
final class Strikes {

  private static final int KEPT = 10_000;

  private final List<Fault> struck = new ArrayList<>();

  /** To be called when a fault takes effect, not when it is scripted. */
  synchronized void add(Fault fault) {
    if (struck.size() == KEPT) {
      struck.remove(0);
    }
    struck.add(fault);
  }

  synchronized List<Fault> read() {
    return List.copyOf(struck);
  }
}
