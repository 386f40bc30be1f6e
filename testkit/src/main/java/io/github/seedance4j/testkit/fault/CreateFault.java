package io.github.seedance4j.testkit.fault;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Strikes the create itself; a create can have one of these. But for {@link ResetsBeforeRead} and
 * where {@code charged} says otherwise, the create is read whole, a task is booked and charged, and
 * then the answer goes wrong.
 */
public sealed interface CreateFault extends Fault {

  /**
   * Resets the connection when the head was read and the body was not: nothing is checked, booked
   * or charged, and the ledger has no line. Strikes the next create that has a key.
   */
  record ResetsBeforeRead() implements CreateFault {}

  /** Charges, then resets the connection without a byte of an answer. The costly one. */
  record ResetsAfterCharge() implements CreateFault {}

  /** Charges, then closes the connection in good order, without a byte of an answer. */
  record ClosesAfterCharge() implements CreateFault {}

  /** Charges, then never answers. */
  record HangsAfterCharge() implements CreateFault {}

  /** Charges, then answers that much later, by the real clock. */
  record DelaysAnswer(Duration by) implements CreateFault {
    public DelaysAnswer {
      requireNotNegative("by", by);
    }

    public DelaysAnswer() {
      this(Duration.ofSeconds(30));
    }
  }

  /**
   * Charges, then sends the answer, head and all, a byte at a time, with that pause (real) after
   * each.
   */
  record DripsAnswer(Duration every) implements CreateFault {
    public DripsAnswer {
      requireNotNegative("every", every);
    }

    public DripsAnswer() {
      this(Duration.ofMillis(500));
    }
  }

  /** Charges, then closes in the middle of the answer's head. */
  record CutsHead() implements CreateFault {}

  /** Charges, then closes in the middle of the answer's body. */
  record CutsBody() implements CreateFault {}

  /** Charges, then answers 200 with header lines without end. */
  record FloodsHead() implements CreateFault {}

  /** Charges, then answers with something that is not HTTP. */
  record AnswersGarbage() implements CreateFault {}

  /**
   * Answers with an error status.
   *
   * @param status 400 to 599
   * @param charged whether a task is booked and charged all the same
   * @param code the provider's word; null for the usual one of that status
   * @param message null for one that goes with the code
   * @param retryAfter the header's value as it is, sensible or not; null for none
   */
  record Refuses(
      int status,
      boolean charged,
      ErrorShape shape,
      @Nullable String code,
      @Nullable String message,
      @Nullable String retryAfter)
      implements CreateFault {
    public Refuses {
      requireStatus(status, 400, 599);
      Objects.requireNonNull(shape, "shape");
    }

    public Refuses() {
      this(400, false);
    }

    public Refuses(int status, boolean charged) {
      this(status, charged, ErrorShape.FULL, null, null, null);
    }

    /** In upstream's shape, not charged. */
    public Refuses(int status, String code, String message) {
      this(status, false, ErrorShape.FULL, code, message, null);
    }

    public Refuses withRetryAfter(String value) {
      return new Refuses(status, charged, shape, code, message, value);
    }
  }

  /**
   * Charges, then answers with a redirect to another path of the fake, which counts who follows.
   */
  record Redirects(int status) implements CreateFault {
    public Redirects {
      if (!Set.of(301, 302, 303, 307, 308).contains(status)) {
        throw new IllegalArgumentException("status: 301, 302, 303, 307 or 308, not " + status);
      }
    }

    public Redirects() {
      this(307);
    }
  }

  /** 200 without the id. */
  record LeavesOutId() implements CreateFault {}

  /** 200 with this instead of the id: a number, a list, an empty text, null (plain JSON trees). */
  record SendsAsId(@Nullable Object id) implements CreateFault {
    public SendsAsId() {
      this("");
    }
  }

  /** Charges a task of its own, but answers with the id of the task before it, if there is one. */
  record RepeatsId() implements CreateFault {}

  /** 200 with a web page. */
  record AnswersHtml() implements CreateFault {}

  /** 200 without a body. */
  record AnswersNothing() implements CreateFault {}

  /** 200 with JSON that ends in its middle, under the right Content-Length. */
  record AnswersHalf() implements CreateFault {}

  /**
   * 200 with a JSON document of that many bytes, the id at its end.
   *
   * @param bytes 0 to 10^10; fewer than the answer has by itself change nothing
   */
  record AnswersHuge(long bytes) implements CreateFault {
    public AnswersHuge {
      requireBytes("bytes", bytes);
    }

    public AnswersHuge() {
      this(100_000_000);
    }
  }

  /**
   * 200 with lists nested that deep, and the id behind them.
   *
   * @param depth at least 1
   */
  record AnswersDeep(int depth) implements CreateFault {
    public AnswersDeep {
      if (depth < 1) {
        throw new IllegalArgumentException("depth: at least 1, not " + depth);
      }
    }

    public AnswersDeep() {
      this(100_000);
    }
  }

  /**
   * 200 compressed with gzip, asked for or not; that many bytes once inflated, the id at their end.
   * On the wire it is about a thousandth of that.
   *
   * @param inflated 0 to 10^10; fewer than the answer has by itself change nothing
   */
  record AnswersGzipBomb(long inflated) implements CreateFault {
    public AnswersGzipBomb {
      requireBytes("inflated", inflated);
    }

    public AnswersGzipBomb() {
      this(268_435_456);
    }
  }

  /** 200 in UTF-16 (big endian, no mark) that calls itself UTF-8. */
  record AnswersInWrongCharset() implements CreateFault {}

  /** 200 as it should be, but for a byte order mark in front. */
  record AnswersWithByteOrderMark() implements CreateFault {}

  /**
   * Answers with just this.
   *
   * @param status 200 to 599
   * @param charged whether a task is booked and charged all the same
   */
  record Answers(int status, Map<String, String> headers, String body, boolean charged)
      implements CreateFault {
    public Answers {
      requireStatus(status, 200, 599);
      headers = Map.copyOf(headers);
      Objects.requireNonNull(body, "body");
    }

    public Answers() {
      this(200, Map.of(), "", true);
    }
  }

  /** 200 with the answer's tree changed by code; not to be had over HTTP. */
  record RewritesCreate(UnaryOperator<Map<String, Object>> rewrite) implements CreateFault {}

  private static void requireBytes(String name, long bytes) {
    if (bytes < 0 || bytes > 10_000_000_000L) {
      throw new IllegalArgumentException(name + ": 0 to 10000000000, not " + bytes);
    }
  }

  private static void requireNotNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + ": 0 or more, not " + duration.toMillis() / 1000.0);
    }
  }

  private static void requireStatus(int status, int least, int most) {
    if (status < least || status > most) {
      throw new IllegalArgumentException("status: " + least + " to " + most + ", not " + status);
    }
  }
}
