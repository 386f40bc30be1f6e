package io.github.seedance4j.service;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that are forgotten with the process: for tests, and beside {@link InMemoryJobJournal}. */
public final class InMemoryAccessKeyStore implements AccessKeyStore {

  private final Map<String, AccessKey> byDigest = new LinkedHashMap<>();

  /** A store without keys. */
  public InMemoryAccessKeyStore() {}

  @Override
  public synchronized void add(AccessKey key, String sha256) {
    boolean known = byDigest.values().stream().anyMatch(other -> other.id().equals(key.id()));
    if (known || byDigest.containsKey(sha256)) {
      throw new IllegalArgumentException("key: " + key.id() + " is there already, or its digest");
    }
    byDigest.put(sha256, key);
  }

  @Override
  public synchronized Optional<AccessKey> findByDigest(String sha256) {
    return Optional.ofNullable(byDigest.get(sha256));
  }

  @Override
  public synchronized List<AccessKey> all() {
    return byDigest.values().stream().sorted(Comparator.comparing(AccessKey::createdAt)).toList();
  }

  @Override
  public synchronized Optional<AccessKey> revoke(String id, Instant now) {
    byDigest.replaceAll(
        (digest, key) -> key.id().equals(id) && key.revoked().isEmpty() ? key.revokedAt(now) : key);
    return byDigest.values().stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
