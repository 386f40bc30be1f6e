package io.github.seedance4j.port.out;

import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: remembers answers under callers' keys, with moments to the microsecond. Each change
 * is one atomic step, durable and seen by every process when the call returns. Thread-safe.
 */
public interface ReplayStore {

  /**
   * Puts an entry in place of nothing, of one that is older than {@code forgottenBefore}, or of one
   * of the same body that has no answer and was taken before {@code lapsedBefore}.
   *
   * @param entry without an answer
   * @param lapsedBefore an entry of that very moment has not lapsed yet
   * @param forgottenBefore likewise
   * @return empty if it is in place now, else the entry that stands in the way
   */
  Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore);

  /**
   * Gives an entry its answer; one that has an answer keeps it.
   *
   * @return false if that owner's entry is not there any more, or has an answer
   */
  boolean answer(TenantId tenant, String key, String owner, StoredAnswer answer);

  /** Removes that owner's entry, unless it has an answer. */
  void remove(TenantId tenant, String key, String owner);

  /**
   * Removes what was taken before then, a few hundred entries at most in one call.
   *
   * @return how many went
   */
  int forget(Instant takenBefore);

  /**
   * What is remembered of a key.
   *
   * @param bodySha256 lower-case hex, of the request's bytes
   * @param owner tells one taking of the key from the next
   * @param takenAt when the key was taken
   * @param answer null while there is none
   */
  record Entry(
      TenantId tenant,
      String key,
      String bodySha256,
      String owner,
      Instant takenAt,
      @Nullable StoredAnswer answer) {}
}
