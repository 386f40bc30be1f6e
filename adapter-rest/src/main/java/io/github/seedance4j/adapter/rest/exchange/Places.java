package io.github.seedance4j.adapter.rest.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many may do something at once: in all, and of each caller. Thread-safe. */
public final class Places {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final String what;
  private final int inAll;
  private final int each;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /**
   * @param what they do, such as {@code streams are open}
   */
  public Places(String what, int inAll, int each) {
    this.what = what;
    this.inAll = inAll;
    this.each = each;
  }

  /**
   * Takes a place, until it is closed.
   *
   * @param who whose share it counts to
   * @throws Refusal if there is none: 503 in all, 429 of that one
   */
  public synchronized Place take(String who) {
    if (all >= inAll) {
      throw Problem.of(ProblemType.BUSY, inAll + " " + what + " already.")
          .retryAfter(SOON)
          .refusal();
    }
    if (taken.getOrDefault(who, 0) >= each) {
      throw Problem.of(ProblemType.RATE_LIMITED, each + " of your " + what + " already.")
          .retryAfter(SOON)
          .refusal();
    }
    all++;
    taken.merge(who, 1, Integer::sum);
    return new Place(who);
  }

  private synchronized void leave(String who) {
    all--;
    taken.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
  }

  /** One that was taken; to close it again does nothing. */
  public final class Place implements AutoCloseable {

    private final String who;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(String who) {
      this.who = who;
    }

    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        leave(who);
      }
    }
  }
}
