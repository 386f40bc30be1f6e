package io.github.seedance4j.service;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.OutcomeUnknownException;
import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.TaskFailedException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.task.ProviderFault;
import org.jspecify.annotations.Nullable;

/** Turns what is a value inside into what {@link VideoGeneration#generate} throws. */
final class Endings {

  private Endings() {}

  static Job accepted(Submission submission) {
    return submission.match(
        job -> job,
        refused -> {
          throw refusal(refused.reason(), refused);
        },
        over -> {
          throw new OverBudgetException(
              "it would cost "
                  + over.quote()
                  + ", holding "
                  + over.quote().hold()
                  + "; left of "
                  + over.limit()
                  + ": "
                  + over.left(),
              over.quote(),
              over.left());
        },
        unknown -> {
          throw new OutcomeUnknownException(unknown);
        });
  }

  static Job stored(Job job) {
    if (job.state() == JobState.STORED) {
      return job;
    }
    throw switch (job.state()) {
      case UNKNOWN -> new OutcomeUnknownException(job);
      case REJECTED, WITHDRAWN -> neverTaken(job);
      default -> new TaskFailedException(job + ": " + reason(job), job);
    };
  }

  private static SeedanceException neverTaken(Job job) {
    if (job.authorisations() > 1) { // this attempt was not, but the one before may have been
      return new OutcomeUnknownException(job);
    }
    return job.state() == JobState.WITHDRAWN
        ? new RetryLaterException("never sent: " + reason(job), null, null)
        : refusal("the provider refused it: " + reason(job), job.fault().orElse(null));
  }

  private static SeedanceException refusal(String reason, Submission.Refused refused) {
    return refused.violations().isEmpty()
        ? refusal(reason, refused.fault())
        : new InvalidRequestException(refused.violations());
  }

  private static SeedanceException refusal(String reason, @Nullable ProviderFault fault) {
    ProviderFault.Kind kind = fault == null ? ProviderFault.Kind.OTHER : fault.kind();
    return switch (kind) {
      case BALANCE, CREDENTIALS, PERMISSION -> new AccountException(reason, fault);
      default -> new InvalidRequestException(reason, fault);
    };
  }

  private static String reason(Job job) {
    return job.reason().orElse("the provider gave no reason");
  }
}
