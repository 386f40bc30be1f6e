package io.github.seedance4j.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;

/** Counts what comes in and keeps the latest creates and heads. Thread-safe. */
final class RequestLog {

  private static final int KEPT = 1_000;

  private final LongAdder createsBegun = new LongAdder();
  private final LongAdder polls = new LongAdder();
  private final LongAdder downloads = new LongAdder();
  private final LongAdder redirectsFollowed = new LongAdder();
  private final Deque<RecordedCreate> creates = new ArrayDeque<>();
  private final Deque<Head> heads = new ArrayDeque<>();
  private long createsReceived;

  /** Made into what can be shown when somebody asks: most of them nobody does. */
  private record Head(String method, String target, List<Header> headers) {
    RecordedHead shown() {
      return new RecordedHead(
          method,
          target,
          headers.stream()
              .map(header -> Map.entry(header.getName(), String.valueOf(header.getValue())))
              .toList());
    }
  }

  void headRead(HttpRequest request) {
    String target = request.getPath();
    Head head =
        new Head(request.getMethod(), target == null ? "" : target, List.of(request.getHeaders()));
    synchronized (heads) {
      if (heads.size() == KEPT) {
        heads.removeFirst();
      }
      heads.addLast(head);
    }
  }

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
        List.copyOf(creates),
        shownHeads());
  }

  private List<RecordedHead> shownHeads() {
    synchronized (heads) {
      return heads.stream().map(Head::shown).toList();
    }
  }
}
