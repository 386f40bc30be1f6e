package io.github.seedance4j.tenant;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key that somebody calls with: everything but the key itself.
 *
 * @param id names it to people, {@code key-} and lower-case letters and digits; no secret
 * @param tenant whose it is
 * @param role what it may do
 * @param perMinute how many requests it may make a minute; null for no limit
 * @param extraFields fields outside the provider's guide that its requests may hold
 * @param createdAt when it was made
 * @param revokedAt when it stopped to count; null while it does
 */
public record AccessKey(
    String id,
    TenantId tenant,
    Role role,
    @Nullable Integer perMinute,
    Set<String> extraFields,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  public AccessKey {
    if (!id.matches("key-[a-z0-9]{4,40}")) {
      throw new IllegalArgumentException("id: not a key's id: '" + id + "'");
    }
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(role, "role");
    if (perMinute != null && perMinute < 1) {
      throw new IllegalArgumentException("perMinute: 1 or more, not " + perMinute);
    }
    extraFields = Set.copyOf(extraFields);
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** How many requests it may make a minute; empty for no limit. */
  public OptionalInt requestsPerMinute() {
    return perMinute == null ? OptionalInt.empty() : OptionalInt.of(perMinute);
  }

  /** When it stopped to count. */
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revokedAt);
  }

  /** The same key, that stopped to count at that moment. */
  public AccessKey revokedAt(Instant moment) {
    return new AccessKey(id, tenant, role, perMinute, extraFields, createdAt, moment);
  }

  public boolean isAdmin() {
    return role == Role.ADMIN;
  }
}
