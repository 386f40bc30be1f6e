package io.github.seedance4j.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The front door of failures: what shall become of the next create. Scenarios queue up, first in,
 * first out, one for each create that has a key and passes the checks; where none waits, creates
 * succeed. Each method gives the fake back, for the next one.
 */
public final class NextCreate {

  private final FakeTokenHub hub;
  private final Consumer<List<Fault>> queue;

  NextCreate(FakeTokenHub hub, Consumer<List<Fault>> queue) {
    this.hub = hub;
    this.queue = queue;
  }

  /** Nothing goes wrong. */
  public FakeTokenHub succeeds() {
    return with();
  }

  /**
   * The prompt is refused at create: 400 {@code InputTextSensitiveContentDetected}, not charged.
   */
  public FakeTokenHub inputModeration() {
    return with(
        new Fault.Refuses(
            400,
            "InputTextSensitiveContentDetected",
            "The request failed because the input text may contain sensitive information.",
            Map.of()));
  }

  /**
   * The task fails on its own clip: {@code OutputVideoSensitiveContentDetected}, charged with 0.00
   * as upstream says.
   */
  public FakeTokenHub outputModeration() {
    return with(
        new Fault.FailsTask(
            "OutputVideoSensitiveContentDetected",
            "The request failed because the output video may contain sensitive information.",
            false));
  }

  /**
   * The costly one: the create is read, booked and charged, then its connection is reset without an
   * answer.
   */
  public FakeTokenHub chargedThenReset() {
    return with(new Fault.ResetsAfterCharge());
  }

  /** 429 with {@code Retry-After} in seconds, rounded up; not charged. */
  public FakeTokenHub throttled(Duration retryAfter) {
    long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
    return with(
        new Fault.Refuses(
            429,
            "RateLimitExceeded.EndpointRPMExceeded",
            "Requests are coming too fast, retry later.",
            Map.of("Retry-After", Long.toString(seconds))));
  }

  /**
   * 402 {@code InsufficientBalance}; not charged. Which code the real provider uses is not known.
   */
  public FakeTokenHub noBalance() {
    return with(
        new Fault.Refuses(
            402, "InsufficientBalance", "The account has no balance left.", Map.of()));
  }

  /** The first link used is dead with 403, until the status is asked for again. */
  public FakeTokenHub expiredLink() {
    return with(new Fault.KillsFirstLink());
  }

  /** The task is running, for ever. */
  public FakeTokenHub stuck() {
    return with(new Fault.NeverEnds());
  }

  /**
   * The create is answered with this; with {@code charged} a task exists and costs all the same.
   */
  public FakeTokenHub answers(
      int status, Map<String, String> headers, String body, boolean charged) {
    return with(new Fault.Answers(status, headers, body, charged));
  }

  /** The create succeeds, but its answer's tree is changed. */
  public FakeTokenHub createRewritten(UnaryOperator<Map<String, Object>> rewrite) {
    return with(new Fault.RewritesCreate(rewrite));
  }

  /** The create succeeds, but the tree of each status answer is changed. */
  public FakeTokenHub statusRewritten(UnaryOperator<Map<String, Object>> rewrite) {
    return with(new Fault.RewritesStatus(rewrite));
  }

  /**
   * Any mix of faults.
   *
   * @throws IllegalArgumentException if more than one of them strikes the create
   */
  public FakeTokenHub with(Fault... faults) {
    List<Fault> all = List.of(faults);
    if (all.stream().filter(Fault.OnCreate.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("faults: one at most that strikes the create, not " + all);
    }
    queue.accept(all);
    return hub;
  }
}
