package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys, and while nobody has made any, one more that a gateway made for itself: it follows from the
 * gateway's secret, so that it is the same at the next start, and is kept nowhere. Once there is a
 * key, revoked or not, it counts no more, within a second.
 */
final class OwnKey implements AccessKeys {

  private static final String PURPOSE = "seedance4j: the key of a gateway without keys";
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final AccessKeys keys;
  private final byte[] secret;
  private final AccessKey key;
  private final LongSupplier nanos;
  private volatile @Nullable Long aloneAt;

  /**
   * @param linkSecret the gateway's
   * @param nanos as {@link System#nanoTime}
   */
  OwnKey(AccessKeys keys, byte[] linkSecret, Instant now, LongSupplier nanos) {
    this.keys = keys;
    this.secret = secret(linkSecret).getBytes(StandardCharsets.US_ASCII);
    this.key =
        new AccessKey("key-gateway", new TenantId("local"), Role.ADMIN, null, Set.of(), now, null);
    this.nanos = nanos;
  }

  private static String secret(byte[] linkSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(linkSecret, "HmacSHA256"));
      byte[] digest = mac.doFinal(PURPOSE.getBytes(StandardCharsets.US_ASCII));
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** What to call with; null if there are keys. */
  @Nullable String secretIfAlone() {
    return isAlone() ? new String(secret, StandardCharsets.US_ASCII) : null;
  }

  private boolean isAlone() {
    Long known = aloneAt;
    if (known != null && nanos.getAsLong() - known < FRESH_NANOS) {
      return true;
    }
    long now = nanos.getAsLong();
    boolean alone = keys.list().isEmpty();
    aloneAt = alone ? now : null;
    return alone;
  }

  @Override
  public Issued issue(
      TenantId tenant, Role role, @Nullable Integer perMinute, Set<String> extraFields) {
    return keys.issue(tenant, role, perMinute, extraFields);
  }

  @Override
  public Optional<AccessKey> authenticate(String given) {
    boolean own = MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret);
    return own ? Optional.of(key).filter(one -> isAlone()) : keys.authenticate(given);
  }

  /** Whoever asks which keys still count must hear of this one, too. */
  @Override
  public List<AccessKey> list() {
    List<AccessKey> all = keys.list();
    return all.isEmpty() ? List.of(key) : all;
  }

  @Override
  public Optional<AccessKey> revoke(String id) {
    return keys.revoke(id);
  }
}
