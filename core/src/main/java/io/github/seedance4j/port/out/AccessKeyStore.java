package io.github.seedance4j.port.out;

import io.github.seedance4j.tenant.AccessKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Driven port: remembers keys by their digest, with moments to the microsecond. A change is one
 * atomic step, durable and seen by every process when the call returns. Thread-safe. {@link
 * #findByDigest} is asked for every request of a front end: one look-up, no scan.
 */
public interface AccessKeyStore {

  /**
   * Adds a key.
   *
   * @param sha256 lower-case hex, of the key itself
   * @throws IllegalArgumentException if its id or its digest is there already
   */
  void add(AccessKey key, String sha256);

  /** The key of that digest, revoked or not. */
  Optional<AccessKey> findByDigest(String sha256);

  /** All of them, oldest first, those of the same moment as they were added. */
  List<AccessKey> all();

  /**
   * Revokes a key, for good; one that was revoked before keeps its moment.
   *
   * @return the key as it is now; empty if there is none of that id
   */
  Optional<AccessKey> revoke(String id, Instant now);
}
