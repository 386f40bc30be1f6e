package io.github.seedance4j.port.in;

import io.github.seedance4j.task.TaskId;

/** What a person found out about a job of unknown outcome. */
public sealed interface OutcomeResolution {

  /** The provider did take it, as this task. Accepted at any time, however late. */
  record Attach(TaskId task) implements OutcomeResolution {}

  /** It is gone; its price counts as charged. */
  record Lost() implements OutcomeResolution {}

  /**
   * Send it once more, knowing that this may be a second charge, for which every cap must have
   * room: to agree to pay twice is not to agree to more than the cap.
   */
  record ResubmitAcceptingSecondCharge() implements OutcomeResolution {}
}
