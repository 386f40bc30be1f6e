package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that a task carries, and how often each of them may still strike. Thread-safe. */
final class Carried {

  private volatile List<Slot> slots = List.of();

  private static final class Slot {
    private final Fault fault;
    private final int turns;
    private int taken;

    Slot(Fault fault, int turns) {
      this.fault = fault;
      this.turns = turns;
    }
  }

  /** One stroke: the fault, and the how-manieth of its strokes it is, from 1. */
  record Stroke<F>(F fault, int number) {}

  Carried(List<? extends Fault> faults) {
    if (!faults.isEmpty()) {
      add(faults);
    }
  }

  /** More of them; those of creates and connections are none of a task's business. */
  final synchronized void add(List<? extends Fault> faults) {
    List<Slot> all = new ArrayList<>(slots);
    for (Fault fault : faults) {
      if (fault instanceof TaskFault ofTask) {
        all.add(new Slot(ofTask, ofTask.turns()));
      } else if (fault instanceof FileFault ofFile) {
        all.add(new Slot(ofFile, ofFile.turns()));
      }
    }
    slots = List.copyOf(all);
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** The first of that type. */
  <F extends Fault> Optional<F> find(Class<F> type) {
    for (Slot slot : slots) {
      if (type.isInstance(slot.fault)) {
        return Optional.of(type.cast(slot.fault));
      }
    }
    return Optional.empty();
  }

  /** The next stroke of those of a kind that strike a limited number of times; they take turns. */
  <F extends Fault> Optional<Stroke<F>> next(Class<F> kind) {
    return slots.isEmpty() ? Optional.empty() : take(kind);
  }

  private synchronized <F extends Fault> Optional<Stroke<F>> take(Class<F> kind) {
    for (Slot slot : slots) {
      if (kind.isInstance(slot.fault)
          && slot.turns < Integer.MAX_VALUE
          && slot.taken < slot.turns) {
        slot.taken++;
        return Optional.of(new Stroke<>(kind.cast(slot.fault), slot.taken));
      }
    }
    return Optional.empty();
  }
}
