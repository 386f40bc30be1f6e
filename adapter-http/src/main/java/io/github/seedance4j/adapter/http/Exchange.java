package io.github.seedance4j.adapter.http;

import io.github.seedance4j.job.CreateReply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one call to a provider's API. */
public sealed interface Exchange {

  /**
   * An answer, within the limits.
   *
   * @param status the HTTP status
   * @param body as UTF-8; empty where it was too long, or broke off on an answer that is no success
   * @param requestId from the header that names the request, if there was one
   * @param retryAfter when we were asked to come back, capped
   */
  record Answered(
      int status, String body, @Nullable String requestId, @Nullable Duration retryAfter)
      implements Exchange {

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** Leaves the body out: it may hold signed links. */
    @Override
    public String toString() {
      return "Answered[" + status + ", " + body.length() + " characters]";
    }
  }

  /**
   * No answer.
   *
   * @param phase how far it had got; anything but {@code SENT} is proof that nothing left
   * @param what what broke, in English, without secrets
   */
  record Broken(CreateReply.Phase phase, String what) implements Exchange {}
}
