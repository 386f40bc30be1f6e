package io.github.seedance4j.job;

import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a create call came to. */
public sealed interface SubmissionOutcome {

  /** It is certain that nothing left: due again. */
  record NotSent(String why) implements SubmissionOutcome {}

  /** The provider asked us to wait: due again. */
  record Throttled(@Nullable Duration retryAfter, @Nullable ProviderFault fault)
      implements SubmissionOutcome {}

  /** The provider refused it, and said why. */
  record Rejected(int status, ProviderFault fault) implements SubmissionOutcome {}

  /** There is a task. */
  record Submitted(TaskId task) implements SubmissionOutcome {}

  /** It may have been taken and charged. Never sent again by code. */
  record Unknown(String why) implements SubmissionOutcome {}
}
