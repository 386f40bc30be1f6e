package io.github.seedance4j.service;

import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@link AccessKeys} over a store, which sees digests alone. No secret is compared with another
 * one: its digest is looked up, so that how long that takes tells nothing of a key. Nothing is
 * logged.
 */
public final class AccessKeyService implements AccessKeys {

  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = PREFIX.length() + 43;
  private static final int ID_BYTES = 8;

  private final AccessKeyStore store;
  private final Clock clock;
  private final Consumer<byte[]> chance;

  private AccessKeyService(AccessKeyStore store, Clock clock, Consumer<byte[]> chance) {
    this.store = Objects.requireNonNull(store, "store");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.chance = Objects.requireNonNull(chance, "chance");
  }

  /** Keys in that store, on the machine's own time and randomness. */
  public static AccessKeyService on(AccessKeyStore store) {
    return on(store, Ambient.clock(), Ambient::fill);
  }

  /**
   * The same on a test's time and chance.
   *
   * @param chance fills an array with bytes that nobody can guess, where keys are to be any good
   */
  public static AccessKeyService on(AccessKeyStore store, Clock clock, Consumer<byte[]> chance) {
    return new AccessKeyService(store, clock, chance);
  }

  @Override
  public Issued issue(
      TenantId tenant, Role role, @Nullable Integer perMinute, Set<String> extraFields) {
    String secret =
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
    AccessKey key =
        new AccessKey(
            "key-" + HexFormat.of().formatHex(bytes(ID_BYTES)),
            tenant,
            role,
            perMinute,
            extraFields,
            clock.instant().truncatedTo(ChronoUnit.MICROS), // as it is kept
            null);
    store.add(key, sha256(secret));
    return new Issued(key, secret);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    chance.accept(bytes);
    return bytes;
  }

  /** Asks the store for nothing that can't be a key. */
  @Override
  public Optional<AccessKey> authenticate(String secret) {
    return looksLikeOne(secret)
        ? store.findByDigest(sha256(secret)).filter(key -> key.revoked().isEmpty())
        : Optional.empty();
  }

  private static boolean looksLikeOne(String secret) {
    if (secret.length() != SECRET_LENGTH || !secret.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < SECRET_LENGTH; i++) {
      char c = secret.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<AccessKey> list() {
    return store.all();
  }

  @Override
  public Optional<AccessKey> revoke(String id) {
    return store.revoke(id, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private static String sha256(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
