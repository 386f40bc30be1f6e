package io.github.seedance4j.pricing;

/** Whether a provider charges for a task that made no clip. */
public enum FailedTasks {
  /** Nothing is charged. */
  NONE,
  /** The whole price is. */
  FULL,
  /** Nobody says: counted against the cap, and shown apart, until somebody knows. */
  UNCONFIRMED
}
