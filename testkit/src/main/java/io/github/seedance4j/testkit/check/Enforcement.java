package io.github.seedance4j.testkit.check;

/** Which of its checks the fake provider lets a request fail on. */
public enum Enforcement {
  /** What the provider's guide says, or what can't make sense otherwise. */
  STATED,
  /** Also what only the model's maker says: the provider may or may not refuse it. */
  ALL,
  /** Nothing: whatever is JSON is taken. */
  NOTHING
}
