package io.github.seedance4j.adapter.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bucket of tokens that repeated fetches take from and successes fill: while most calls fail, few
 * are repeated.
 */
final class RetryBudget {

  private static final int RETRY = 10;
  private static final int SUCCESS = 1;

  private final int capacity;
  private final AtomicInteger tokens;

  RetryBudget(int retries) {
    this.capacity = Math.multiplyExact(retries, RETRY);
    this.tokens = new AtomicInteger(capacity);
  }

  void succeeded() {
    tokens.updateAndGet(had -> Math.min(capacity, had + SUCCESS));
  }

  /** Takes one retry out, if there is one. */
  boolean take() {
    return tokens.getAndUpdate(had -> had >= RETRY ? had - RETRY : had) >= RETRY;
  }
}
