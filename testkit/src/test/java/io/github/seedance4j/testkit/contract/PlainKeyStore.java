package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Exchanger;

/** A store of keys with nothing wrong, to be broken in one way; its records outlive it. */
class PlainKeyStore implements AccessKeyStore {

  /** A key in its place. */
  record Kept(AccessKey key, String sha256) {}

  /** What all processes see, and where two of them meet. */
  static final class Records {
    final List<Kept> keys = new CopyOnWriteArrayList<>();
    final Exchanger<Object> meeting = new Exchanger<>();
  }

  final Records records;

  PlainKeyStore() {
    this(new Records());
  }

  PlainKeyStore(Records records) {
    this.records = records;
  }

  /** What a process beside this one gets. */
  AccessKeyStore another() {
    return this;
  }

  /** What keeps others out between a look and a deed. */
  Object lock() {
    return records;
  }

  /** Between a look and a deed. */
  void linger() {}

  boolean isThere(AccessKey key, String sha256) {
    return records.keys.stream()
        .anyMatch(kept -> kept.key.id().equals(key.id()) || kept.sha256.equals(sha256));
  }

  @Override
  public void add(AccessKey key, String sha256) {
    synchronized (lock()) {
      if (isThere(key, sha256)) {
        throw new IllegalArgumentException("key: it is there");
      }
      linger();
      records.keys.add(new Kept(key, sha256));
    }
  }

  @Override
  public Optional<AccessKey> findByDigest(String sha256) {
    return records.keys.stream()
        .filter(kept -> kept.sha256.equals(sha256))
        .map(Kept::key)
        .findFirst();
  }

  @Override
  public List<AccessKey> all() {
    return records.keys.stream()
        .map(Kept::key)
        .sorted(Comparator.comparing(AccessKey::createdAt))
        .toList();
  }

  boolean isMeant(AccessKey key, String id) {
    return key.id().equals(id);
  }

  AccessKey revoked(AccessKey key, Instant now) {
    return key.revoked().isPresent() ? key : key.revokedAt(now);
  }

  @Override
  public Optional<AccessKey> revoke(String id, Instant now) {
    synchronized (lock()) {
      Optional<AccessKey> first = Optional.empty();
      for (Kept kept : records.keys) {
        if (isMeant(kept.key, id)) {
          linger();
          Kept next = new Kept(revoked(kept.key, now), kept.sha256);
          records.keys.replaceAll(any -> any.sha256.equals(kept.sha256) ? next : any);
          first = first.isEmpty() ? Optional.of(next.key) : first;
        }
      }
      return first;
    }
  }
}
