package io.github.seedance4j.testkit;

import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when a test says so, or as fast as there is work: a twenty-minute wait
 * takes milliseconds. Give it to the service under test together with {@code
 * executor(Runnable::run)}, and its {@link #clock()} to {@link FakeTokenHub}. Thread-safe.
 */
public final class VirtualTime implements Timekeeper {

  private record Entry(Instant moment, long order, Runnable task) {}

  private final SettableClock clock;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::moment).thenComparing(Entry::order));
  private long count;
  private boolean closed;

  private VirtualTime(SettableClock clock) {
    this.clock = clock;
  }

  /** Time that stands still at that moment. */
  public static VirtualTime at(Instant start) {
    return new VirtualTime(SettableClock.at(start));
  }

  /** The clock that this moves. Whoever moves it directly wakes nobody. */
  public SettableClock clock() {
    return clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public synchronized Alarm at(Instant moment, Runnable task) {
    Entry entry = new Entry(moment, count++, task);
    entries.add(entry);
    notifyAll();
    return () -> forget(entry);
  }

  /** Lets that much time pass; whatever falls due meanwhile runs on this thread, in order. */
  public void advance(Duration by) {
    Instant end = now().plus(by);
    for (Entry due = take(end); due != null; due = take(end)) {
      due.task().run();
    }
    clock.set(end);
  }

  /**
   * From now on time jumps to whatever falls due next, on a thread of its own, until closed.
   *
   * @return stops it
   */
  public AutoCloseable rushing() {
    Thread thread = new Thread(this::rush, "virtual-time");
    thread.setDaemon(true);
    thread.start();
    return () -> {
      thread.interrupt();
      thread.join();
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    entries.clear();
    notifyAll();
  }

  private void rush() {
    while (true) {
      Entry due;
      synchronized (this) {
        while (entries.isEmpty() && !closed) {
          try {
            wait();
          } catch (InterruptedException stopped) {
            return;
          }
        }
        if (closed || Thread.interrupted()) {
          return;
        }
        due = take(Instant.MAX);
      }
      if (due != null) {
        due.task().run();
      }
    }
  }

  private synchronized @Nullable Entry take(Instant end) {
    Entry next = entries.peek();
    if (next == null || next.moment().isAfter(end)) {
      return null;
    }
    entries.remove();
    if (next.moment().isAfter(now())) {
      clock.set(next.moment());
    }
    return next;
  }

  private synchronized void forget(Entry entry) {
    entries.remove(entry);
  }
}
