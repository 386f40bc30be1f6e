package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The time of one process: its alarms die with it. */
final class Alarms implements Timekeeper {

  private record Entry(Instant moment, long order, Runnable task, @Nullable Duration interval) {}

  private final Instance owner;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::moment).thenComparing(Entry::order));

  Alarms(Instance owner) {
    this.owner = owner;
  }

  @Override
  public Instant now() {
    return owner.world.now();
  }

  @Override
  public Alarm at(Instant moment, Runnable task) {
    return add(new Entry(moment, owner.world.nextOrder(), task, null));
  }

  @Override
  public Alarm every(Duration interval, Runnable task) {
    boolean[] over = new boolean[1];
    Entry[] current = new Entry[1];
    Runnable again =
        new Runnable() {
          @Override
          public void run() {
            try {
              task.run();
            } finally {
              if (!over[0]) {
                current[0] =
                    new Entry(now().plus(interval), owner.world.nextOrder(), this, interval);
                entries.add(current[0]);
              }
            }
          }
        };
    current[0] = new Entry(now().plus(interval), owner.world.nextOrder(), again, interval);
    entries.add(current[0]);
    return () -> {
      over[0] = true;
      entries.remove(current[0]);
    };
  }

  private Alarm add(Entry entry) {
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  @Nullable Instant next() {
    Entry first = entries.peek();
    return first == null ? null : first.moment();
  }

  void run() {
    Objects.requireNonNull(entries.poll()).task().run();
  }
}
