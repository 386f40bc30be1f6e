package io.github.seedance4j.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what comes in over the wire and keeps the latest creates. Thread-safe. */
final class RequestLog {

  private static final int KEPT = 1_000;

  private final LongAdder createsBegun = new LongAdder();
  private final LongAdder polls = new LongAdder();
  private final LongAdder downloads = new LongAdder();
  private final LongAdder redirectsFollowed = new LongAdder();
  private final Deque<RecordedCreate> creates = new ArrayDeque<>();
  private long createsReceived;

  void createBegun() {
    createsBegun.increment();
  }

  void polled() {
    polls.increment();
  }

  void downloaded() {
    downloads.increment();
  }

  void redirectFollowed() {
    redirectsFollowed.increment();
  }

  synchronized void createReceived(RecordedCreate create) {
    createsReceived++;
    if (creates.size() == KEPT) {
      creates.removeFirst();
    }
    creates.addLast(create);
  }

  synchronized RecordedRequests read() {
    return new RecordedRequests(
        createsBegun.sum(),
        createsReceived,
        polls.sum(),
        downloads.sum(),
        redirectsFollowed.sum(),
        List.copyOf(creates));
  }
}
