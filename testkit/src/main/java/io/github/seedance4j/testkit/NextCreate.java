package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The front door of failures: what shall become of a create. From {@link FakeTokenHub#next}
 * scenarios queue up, first in, first out, one for each create that has a key and passes the
 * checks; where none waits, creates succeed, but for what {@link FakeTokenHub#sometimes chance} has
 * for them. From {@link FakeTokenHub#onPrompt} a scenario is for every create with that prompt.
 * Each method gives the fake back, for the next one.
 */
public final class NextCreate {

  private final FakeTokenHub hub;
  private final Consumer<List<Fault>> script;

  NextCreate(FakeTokenHub hub, Consumer<List<Fault>> script) {
    this.hub = hub;
    this.script = script;
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
        new CreateFault.Refuses(
            400,
            "InputTextSensitiveContentDetected",
            "The request failed because the input text may contain sensitive information."));
  }

  /**
   * The task fails on its own clip: {@code OutputVideoSensitiveContentDetected}, its charge given
   * back, as upstream says.
   */
  public FakeTokenHub outputModeration() {
    return with(
        new TaskFault.Fails(
            "OutputVideoSensitiveContentDetected",
            "The request failed because the output video may contain sensitive information.",
            false));
  }

  /**
   * The costly one: the create is read, booked and charged, then its connection is reset without an
   * answer.
   */
  public FakeTokenHub chargedThenReset() {
    return with(new CreateFault.ResetsAfterCharge());
  }

  /** 429 with {@code Retry-After} in seconds, rounded up; not charged. */
  public FakeTokenHub throttled(Duration retryAfter) {
    long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
    return with(
        new CreateFault.Refuses(
                429,
                "RateLimitExceeded.EndpointRPMExceeded",
                "Requests are coming too fast, retry later.")
            .withRetryAfter(Long.toString(seconds)));
  }

  /**
   * 402 {@code InsufficientBalance}; not charged. Which code the real provider uses is not known.
   */
  public FakeTokenHub noBalance() {
    return with(
        new CreateFault.Refuses(402, "InsufficientBalance", "The account has no balance left."));
  }

  /** The first link used is dead with 403, until the status is asked for again. */
  public FakeTokenHub expiredLink() {
    return with(new FileFault.KillsLink());
  }

  /** The task is running, for ever. */
  public FakeTokenHub stuck() {
    return with(new TaskFault.NeverEnds());
  }

  /**
   * Any mix of faults. {@link CreateFault.ResetsBeforeRead} takes the first create with a key,
   * before anything can be checked.
   *
   * @throws IllegalArgumentException if more than one of them strikes the create, one strikes a
   *     connection, or one that strikes before the prompt is read is to go by the prompt
   */
  public FakeTokenHub with(Fault... faults) {
    script.accept(List.of(faults));
    return hub;
  }
}
