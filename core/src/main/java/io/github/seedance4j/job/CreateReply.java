package io.github.seedance4j.job;

import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the wire when a create call was sent, without any judgement of what it means:
 * that is the {@link OutcomeTable}'s.
 */
public sealed interface CreateReply {

  /**
   * An answer came back.
   *
   * @param status the HTTP status
   * @param task the id in it, if there was a usable one
   * @param fault the reason in it, if there was one
   * @param retryAfter when it asked us to come back, already capped
   */
  record Answered(
      int status,
      @Nullable TaskId task,
      @Nullable ProviderFault fault,
      @Nullable Duration retryAfter)
      implements CreateReply {}

  /**
   * No answer came back.
   *
   * @param phase how far it had got
   * @param what what broke, in English, without secrets
   */
  record Broken(Phase phase, String what) implements CreateReply {}

  /** How far a call had got when it broke. */
  enum Phase {
    /** No usable address for the host. */
    RESOLVE,
    /** No connection. */
    CONNECT,
    /** The secure channel did not come about. */
    TLS,
    /** No free connection in our own pool. */
    LEASE,
    /** We refused to try: the client is closed. */
    CLOSED,
    /** Bytes may have left. */
    SENT
  }
}
