package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores of keys that go wrong in one way each. */
final class BrokenKeyStores {

  private BrokenKeyStores() {}

  static void rows(BrokenStores.Table<PlainKeyStore> table) {
    table.row("K01", "drops the extra fields", DropsFields::new);
    table.row("K01", "drops the limit", DropsTheLimit::new);
    table.row("K01", "takes everybody for a tenant", ForgetsAdmins::new);
    table.row("K01", "adds a revoked key as a good one", AddsGoodOnes::new);
    table.row("K02", "ignores the case of a digest", FoldsCase::new);
    table.row("K02", "finds a key by its id", FindsById::new);
    table.row("K03", "minds no id that is there", MindsNoId::new);
    table.row("K03", "puts a key in place of another", Replaces::new);
    table.row("K03", "tells the digest", TellsTheDigest::new);
    table.row("K04", "lists keys as they were added", ListsAsAdded::new);
    table.row("K04", "lists no revoked key", HidesRevoked::new);
    table.row("K05", "revokes nothing", RevokesNothing::new);
    table.row("K05", "forgets what is revoked", ForgetsRevoked::new);
    table.row("K06", "moves the moment", MovesTheMoment::new);
    table.row("K07", "revokes all keys of a name's beginning", RevokesByPrefix::new);
    table.row("K08", "looks, then adds", LooksThenActs::new);
    table.row("K09", "looks, then revokes", LooksThenActs::new);
    table.row("K10", "finds keys through a cache", ReadsThroughACache::new);
    table.row("K11", "looks beside another process, then adds", OneLockEach::new);
  }

  private abstract static class Changes extends PlainKeyStore {
    abstract AccessKey changed(AccessKey key);

    @Override
    public Optional<AccessKey> findByDigest(String sha256) {
      return super.findByDigest(sha256).map(this::changed);
    }
  }

  private static final class DropsFields extends Changes {
    @Override
    AccessKey changed(AccessKey key) {
      return new AccessKey(
          key.id(),
          key.tenant(),
          key.role(),
          key.perMinute(),
          Set.of(),
          key.createdAt(),
          key.revokedAt());
    }
  }

  private static final class DropsTheLimit extends Changes {
    @Override
    AccessKey changed(AccessKey key) {
      return new AccessKey(
          key.id(),
          key.tenant(),
          key.role(),
          null,
          key.extraFields(),
          key.createdAt(),
          key.revokedAt());
    }
  }

  private static final class ForgetsAdmins extends Changes {
    @Override
    AccessKey changed(AccessKey key) {
      return new AccessKey(
          key.id(),
          key.tenant(),
          Role.TENANT,
          key.perMinute(),
          key.extraFields(),
          key.createdAt(),
          key.revokedAt());
    }
  }

  private static final class AddsGoodOnes extends PlainKeyStore {
    @Override
    public void add(AccessKey key, String sha256) {
      super.add(
          new AccessKey(
              key.id(),
              key.tenant(),
              key.role(),
              key.perMinute(),
              key.extraFields(),
              key.createdAt(),
              null),
          sha256);
    }
  }

  private static final class FoldsCase extends PlainKeyStore {
    @Override
    public Optional<AccessKey> findByDigest(String sha256) {
      return super.findByDigest(sha256.toLowerCase(Locale.ROOT));
    }
  }

  private static final class FindsById extends PlainKeyStore {
    @Override
    public Optional<AccessKey> findByDigest(String sha256) {
      return super.findByDigest(sha256)
          .or(() -> all().stream().filter(key -> key.id().equals(sha256)).findFirst());
    }
  }

  private static final class MindsNoId extends PlainKeyStore {
    @Override
    boolean isThere(AccessKey key, String sha256) {
      return findByDigest(sha256).isPresent();
    }
  }

  private static final class Replaces extends PlainKeyStore {
    @Override
    public void add(AccessKey key, String sha256) {
      records.keys.removeIf(
          kept -> kept.sha256().equals(sha256) || kept.key().id().equals(key.id()));
      super.add(key, sha256);
    }
  }

  private static final class TellsTheDigest extends PlainKeyStore {
    @Override
    public void add(AccessKey key, String sha256) {
      if (isThere(key, sha256)) {
        throw new IllegalArgumentException("UNIQUE: " + sha256);
      }
      super.add(key, sha256);
    }
  }

  private static final class ListsAsAdded extends PlainKeyStore {
    @Override
    public List<AccessKey> all() {
      return records.keys.stream().map(Kept::key).toList();
    }
  }

  private static final class HidesRevoked extends PlainKeyStore {
    @Override
    public List<AccessKey> all() {
      return super.all().stream().filter(key -> key.revoked().isEmpty()).toList();
    }
  }

  private static final class RevokesNothing extends PlainKeyStore {
    @Override
    public Optional<AccessKey> revoke(String id, Instant now) {
      return all().stream().filter(key -> key.id().equals(id)).findFirst();
    }
  }

  private static final class ForgetsRevoked extends PlainKeyStore {
    @Override
    public Optional<AccessKey> findByDigest(String sha256) {
      return super.findByDigest(sha256).filter(key -> key.revoked().isEmpty());
    }
  }

  private static final class MovesTheMoment extends PlainKeyStore {
    @Override
    AccessKey revoked(AccessKey key, Instant now) {
      return key.revokedAt(now);
    }
  }

  private static final class RevokesByPrefix extends PlainKeyStore {
    @Override
    boolean isMeant(AccessKey key, String id) {
      return key.id().startsWith(id);
    }
  }

  private static final class LooksThenActs extends PlainKeyStore {
    @Override
    Object lock() {
      return new Object();
    }

    @Override
    void linger() {
      SoundJournal.linger(records.meeting);
    }
  }

  /** Whoever has found a key once asks no more. */
  private static final class ReadsThroughACache extends PlainKeyStore {
    private final Map<String, AccessKey> cache = new HashMap<>();

    private ReadsThroughACache() {}

    private ReadsThroughACache(Records records) {
      super(records);
    }

    @Override
    AccessKeyStore another() {
      return new ReadsThroughACache(records);
    }

    @Override
    public synchronized Optional<AccessKey> findByDigest(String sha256) {
      AccessKey known = cache.get(sha256);
      Optional<AccessKey> found = known == null ? super.findByDigest(sha256) : Optional.of(known);
      found.ifPresent(key -> cache.put(sha256, key));
      return found;
    }

    @Override
    public synchronized Optional<AccessKey> revoke(String id, Instant now) {
      Optional<AccessKey> revoked = super.revoke(id, now);
      cache.values().removeIf(key -> key.id().equals(id));
      return revoked;
    }
  }

  private static final class OneLockEach extends PlainKeyStore {
    private OneLockEach() {}

    private OneLockEach(Records records) {
      super(records);
    }

    @Override
    AccessKeyStore another() {
      return new OneLockEach(records);
    }

    @Override
    Object lock() {
      return this;
    }

    @Override
    void linger() {
      SoundJournal.linger(records.meeting);
    }
  }
}
