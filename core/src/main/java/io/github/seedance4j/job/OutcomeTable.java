package io.github.seedance4j.job;

import io.github.seedance4j.task.ProviderFault;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a create call came to. One table for every status and every way to break; whatever
 * is not listed is {@link SubmissionOutcome.Unknown}, because a wrong "not charged" costs money.
 * Immutable.
 *
 * <table>
 *   <caption>Outcomes</caption>
 *   <tr><td>2xx with a task id</td><td>submitted</td></tr>
 *   <tr><td>any other status with a task id</td><td>unknown</td></tr>
 *   <tr><td>429</td><td>throttled</td></tr>
 *   <tr><td>another 4xx with a reason, but 408 and 409</td><td>rejected</td></tr>
 *   <tr><td>broken before a byte left</td><td>not sent</td></tr>
 *   <tr><td>anything else</td><td>unknown</td></tr>
 * </table>
 */
public final class OutcomeTable {

  private static final int TOO_MANY_REQUESTS = 429;

  /** Request timeout and conflict: either may be said of a request that was taken. */
  private static final Set<Integer> AMBIGUOUS = Set.of(408, 409);

  private static final OutcomeTable STANDARD = new OutcomeTable(Map.of());

  private final Map<Integer, String> citedRejections;

  private OutcomeTable(Map<Integer, String> citedRejections) {
    this.citedRejections = citedRejections;
  }

  /** The table above. */
  public static OutcomeTable standard() {
    return STANDARD;
  }

  /**
   * Takes a status for a refusal because the provider says that it never charges with it.
   *
   * @param citation where and when the provider said so; kept with the outcome
   * @throws IllegalArgumentException if the citation is blank, or the status is 2xx or 429
   */
  public OutcomeTable rejecting(int status, String citation) {
    if (citation.isBlank()) {
      throw new IllegalArgumentException("citation: name where the provider says so");
    }
    if (isSuccess(status) || status == TOO_MANY_REQUESTS) {
      throw new IllegalArgumentException("status: " + status + " is no refusal");
    }
    Map<Integer, String> more = new HashMap<>(citedRejections);
    more.put(status, citation);
    return new OutcomeTable(Map.copyOf(more));
  }

  /** What that reply means. */
  public SubmissionOutcome classify(CreateReply reply) {
    if (reply instanceof CreateReply.Broken broken) {
      return broken.phase() == CreateReply.Phase.SENT
          ? new SubmissionOutcome.Unknown(broken.what())
          : new SubmissionOutcome.NotSent(broken.what());
    }
    return answered((CreateReply.Answered) reply);
  }

  private SubmissionOutcome answered(CreateReply.Answered answer) {
    int status = answer.status();
    if (isSuccess(status)) {
      return answer.task() == null
          ? new SubmissionOutcome.Unknown("status " + status + " without a usable task id")
          : new SubmissionOutcome.Submitted(answer.task());
    }
    if (answer.task() != null) { // it contradicts itself: there may be a task
      return new SubmissionOutcome.Unknown("status " + status + " with task id " + answer.task());
    }
    if (status == TOO_MANY_REQUESTS) {
      return new SubmissionOutcome.Throttled(answer.retryAfter(), answer.fault());
    }
    String citation = citedRejections.get(status);
    if (citation != null) {
      return new SubmissionOutcome.Rejected(status, cited(answer.fault(), citation));
    }
    ProviderFault fault = answer.fault();
    if (status >= 400 && status < 500 && !AMBIGUOUS.contains(status) && fault != null) {
      return new SubmissionOutcome.Rejected(status, fault);
    }
    return new SubmissionOutcome.Unknown(
        "status " + status + (fault == null ? "" : ": " + fault.text()));
  }

  private static ProviderFault cited(@Nullable ProviderFault fault, String citation) {
    String source = "not charged, according to " + citation;
    if (fault == null) {
      return new ProviderFault(ProviderFault.Kind.OTHER, null, source, null);
    }
    String message = fault.message() == null ? source : fault.message() + " (" + source + ")";
    return new ProviderFault(fault.kind(), fault.code(), message, fault.requestId());
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }
}
