package io.github.seedance4j.testkit;

import io.github.seedance4j.port.out.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when a test says so, or as fast as there is work: a twenty-minute wait
 * takes milliseconds. Give it to the service under test together with {@code
 * executor(Runnable::run)}, and its {@link #clock()} to {@link FakeTokenHub}. Thread-safe.
 */
public final class VirtualTime implements Timekeeper {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");

  /** A task, and its alarm where it is to run again. */
  private record Entry(Instant moment, long order, Runnable task, @Nullable Recurring again) {}

  private final SettableClock clock;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::moment).thenComparing(Entry::order));
  private long count;
  private int recurring;

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
    Entry entry = new Entry(moment, count++, task, null);
    entries.add(entry);
    notifyAll();
    return () -> forget(entry);
  }

  /**
   * {@inheritDoc} It runs while time passes for other reasons; {@link #rushing} does not jump for
   * it alone.
   */
  @Override
  public synchronized Alarm every(Duration interval, Runnable task) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval: more than nothing: " + interval);
    }
    Recurring alarm = new Recurring(interval, task);
    alarm.waitSince(now());
    return alarm;
  }

  /** What runs again and again, and its entry for the next time. */
  private final class Recurring implements Alarm {
    private final Duration interval;
    private final Runnable task;
    private @Nullable Entry next;

    Recurring(Duration interval, Runnable task) {
      this.interval = interval;
      this.task = task;
    }

    /** The caller holds the lock. */
    void waitSince(Instant last) {
      next = new Entry(last.plus(interval), count++, task, this);
      entries.add(next);
      recurring++;
    }

    @Override
    public void cancel() {
      synchronized (VirtualTime.this) {
        if (next != null && entries.remove(next)) {
          recurring--;
        }
        next = null;
      }
    }
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
   * From now on time jumps to whatever falls due next, on a thread of its own, until closed. As
   * long as all that is due comes {@link #every} so often, it stands still.
   *
   * @return stops it
   */
  public AutoCloseable rushing() {
    AtomicBoolean over = new AtomicBoolean();
    Thread thread = new Thread(() -> rush(over), "virtual-time");
    thread.setDaemon(true);
    thread.start();
    return () -> {
      over.set(true); // an interrupt alone may be lost in what runs
      thread.interrupt();
      thread.join();
    };
  }

  /**
   * Does nothing: a client that ends cancels its own alarms, and time goes on for others, be they
   * beside it or the next one after a restart.
   */
  @Override
  public void close() {}

  private void rush(AtomicBoolean over) {
    while (!over.get()) {
      Entry due;
      synchronized (this) {
        while (entries.size() == recurring && !over.get()) {
          try {
            wait();
          } catch (InterruptedException stopped) {
            return;
          }
        }
        if (over.get()) {
          return;
        }
        due = take(Instant.MAX);
      }
      if (due != null) {
        try {
          due.task().run();
        } catch (RuntimeException e) {
          // time goes on, or whoever waits would wait for ever
          LOG.log(System.Logger.Level.ERROR, "what was due at " + due.moment() + " failed", e);
        }
      }
    }
  }

  private synchronized @Nullable Entry take(Instant end) {
    Entry next = entries.peek();
    if (next == null || next.moment().isAfter(end)) {
      return null;
    }
    entries.remove();
    if (next.again() != null) {
      recurring--;
      next.again().waitSince(next.moment()); // before it runs, so that it can cancel itself
    }
    if (next.moment().isAfter(now())) {
      clock.set(next.moment());
    }
    return next;
  }

  private synchronized void forget(Entry entry) {
    entries.remove(entry);
  }
}
