package io.github.seedance4j.port.in;

import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Driving port: the keys that a gateway's callers have. Only a key's SHA-256 is kept, so it is
 * shown once; 256 bits by chance need neither salt nor a slow digest. What is revoked counts no
 * more from when the call returns, in every process. Thread-safe.
 */
public interface AccessKeys {

  /** What every key begins with; 43 characters of base64url follow, 256 bits by chance. */
  String PREFIX = "sgw_";

  /**
   * Makes a key.
   *
   * @param perMinute as in {@link AccessKey}
   */
  Issued issue(TenantId tenant, Role role, @Nullable Integer perMinute, Set<String> extraFields);

  /** The key that this is, if it counts: empty for an unknown or a revoked one, or nonsense. */
  Optional<AccessKey> authenticate(String secret);

  /** All of them, revoked ones too, oldest first. */
  List<AccessKey> list();

  /**
   * Takes a key back, for good.
   *
   * @param id {@link AccessKey#id}
   * @return the key as it is now; empty if there is none of that id
   */
  Optional<AccessKey> revoke(String id);

  /**
   * A new key.
   *
   * @param secret what its owner calls with; nobody can show it again
   */
  record Issued(AccessKey key, String secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }
}
