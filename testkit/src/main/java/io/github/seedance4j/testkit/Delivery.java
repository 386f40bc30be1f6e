package io.github.seedance4j.testkit;

import java.time.Duration;

/** How an answer goes over the wire; all but the first is what goes wrong on the way. */
sealed interface Delivery {

  /** As HTTP has it. */
  record Whole() implements Delivery {}

  /** In chunks, so that nobody is told how long the body is. */
  record Chunked() implements Delivery {}

  /** Half of the head, then the connection is closed. */
  record CutInHead() implements Delivery {}

  /**
   * The head, which promises the whole body, and that many bytes of it; nothing is cut if there are
   * no more.
   */
  record CutInBody(long afterBytes, How how) implements Delivery {}

  /** What becomes of a connection in the middle of an answer. */
  enum How {
    /** Closed in good order. */
    CLOSE,
    /** Reset (RST); what the client was slow to take may be lost, too. */
    RESET,
    /** Left open, and silent, until the client or the fake closes it. */
    HANG
  }

  /**
   * A byte at a time, with that pause (real) after each.
   *
   * @param headToo whether the head drips as well; otherwise it comes at once
   */
  record Drips(Duration every, boolean headToo) implements Delivery {}

  /** As HTTP has it, but that much later (real). */
  record Delayed(Duration by) implements Delivery {}

  /** A head whose lines never end. */
  record FloodsHead() implements Delivery {}
}
