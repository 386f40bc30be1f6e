package io.github.seedance4j.port.in;

import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;

/**
 * Driving port: remembers the answer to a request under the key that its caller gave to it, for 24
 * hours, so that a repeated request gets the byte-identical answer. Whether something is charged
 * twice does not hang on it: that is a job's own idempotency key. Thread-safe, and shared by all
 * processes on the same records.
 */
public interface Replays {

  /**
   * Takes the key for this request, or says why not.
   *
   * @param key the caller's, 1 to 255 characters; one tenant's keys are apart from another's
   * @param bodySha256 lower-case hex, of the request's bytes
   * @throws IllegalArgumentException if key or digest are of another form
   */
  Turn begin(TenantId tenant, String key, String bodySha256);

  /**
   * Keeps the answer, before it is given. Does nothing if the ticket's time ran out and somebody
   * else has the key by now.
   */
  void complete(Ticket ticket, StoredAnswer answer);

  /** Gives the key back, as nothing came of the request: it may be sent again, changed too. */
  void release(Ticket ticket);

  /** What a key stands for just now. */
  sealed interface Turn {

    /** Nobody has it: answer the request, then {@link #complete} or {@link #release} it. */
    record First(Ticket ticket) implements Turn {}

    /** It was answered. */
    record Again(StoredAnswer answer) implements Turn {}

    /** The same request is being answered at this moment. */
    record InFlight() implements Turn {}

    /** It was used for another body. */
    record OtherBody() implements Turn {}
  }

  /**
   * The right to answer the first request of a key. It lapses two minutes after it was given, in
   * case that its owner died: then the next request of that key takes it over.
   *
   * @param owner by chance, tells one taking of a key from the next
   */
  record Ticket(TenantId tenant, String key, String owner) {}
}
