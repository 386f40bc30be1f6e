package io.github.seedance4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessKeyServiceTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  /** Hears what a store is asked. */
  private static final class Heard implements AccessKeyStore {
    private final AccessKeyStore store = new InMemoryAccessKeyStore();
    private final List<String> digests = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @Override
    public void add(AccessKey key, String sha256) {
      digests.add(sha256);
      store.add(key, sha256);
    }

    @Override
    public Optional<AccessKey> findByDigest(String sha256) {
      asked.add(sha256);
      return store.findByDigest(sha256);
    }

    @Override
    public List<AccessKey> all() {
      return store.all();
    }

    @Override
    public Optional<AccessKey> revoke(String id, Instant now) {
      return store.revoke(id, now);
    }
  }

  private final Heard store = new Heard();
  private final MovableClock clock = new MovableClock();
  private final AccessKeys keys = AccessKeyService.on(store, clock, new Random(1)::nextBytes);

  @Test
  void issuesAKeyThatItsOwnerAloneKnows() throws Exception {
    AccessKeys.Issued issued = keys.issue(ACME, Role.TENANT, 60, Set.of("seed"));

    assertThat(issued.secret()).matches("sgw_[A-Za-z0-9_-]{43}");
    assertThat(issued.key().id()).matches("key-[0-9a-f]{16}");
    assertThat(issued.key())
        .isEqualTo(
            new AccessKey(issued.key().id(), ACME, Role.TENANT, 60, Set.of("seed"), NOON, null));
    byte[] secret = issued.secret().getBytes(StandardCharsets.UTF_8);
    assertThat(store.digests)
        .containsExactly(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret)));
    assertThat(issued.toString())
        .isEqualTo("Issued[" + issued.key().id() + "]")
        .doesNotContain(issued.secret());
    assertThat(issued.key().toString()).doesNotContain(issued.secret().substring(4));
  }

  @Test
  void knowsAKeyByItsSecretAlone() {
    AccessKeys.Issued ours = keys.issue(ACME, Role.TENANT, null, Set.of());
    AccessKeys.Issued theirs = keys.issue(new TenantId("zoo"), Role.ADMIN, null, Set.of());

    assertThat(keys.authenticate(ours.secret())).contains(ours.key());
    assertThat(keys.authenticate(theirs.secret())).contains(theirs.key());
    assertThat(keys.authenticate(AccessKeys.PREFIX + "A".repeat(43))).isEmpty();
    assertThat(store.asked).hasSize(3).doesNotContain(ours.secret());
  }

  @Test
  void asksTheStoreForNothingThatCanBeNoKey() {
    String secret = keys.issue(ACME, Role.TENANT, null, Set.of()).secret();
    String rest = secret.substring(AccessKeys.PREFIX.length());

    for (String nonsense :
        List.of(
            "",
            "sgw_",
            rest,
            "sgw-" + rest,
            "SGW_" + rest,
            secret + "A",
            secret.substring(0, 46),
            secret.substring(0, 46) + " ",
            secret.substring(0, 46) + "=",
            secret.substring(0, 46) + "+",
            secret.substring(0, 46) + "/",
            secret.substring(0, 46) + "[",
            secret.substring(0, 46) + "@",
            secret.substring(0, 46) + "{",
            secret.substring(0, 46) + "\0",
            secret.substring(0, 46) + "é",
            "sgw_\n" + rest.substring(1),
            "Bearer " + secret,
            keys.list().get(0).id())) {
      assertThat(keys.authenticate(nonsense)).as(nonsense).isEmpty();
    }
    assertThat(store.asked).isEmpty();
    for (char end : "azAZ09-_".toCharArray()) {
      keys.authenticate(secret.substring(0, 46) + end);
    }
    assertThat(store.asked).hasSize(8);
  }

  @Test
  void acceptsNoKeyOnceItIsRevoked() {
    AccessKeys.Issued issued = keys.issue(ACME, Role.TENANT, null, Set.of());
    AccessKeys.Issued other = keys.issue(ACME, Role.TENANT, null, Set.of());
    clock.advance(Duration.ofHours(1));

    AccessKey revoked = keys.revoke(issued.key().id()).orElseThrow();
    assertThat(revoked).isEqualTo(issued.key().revokedAt(NOON.plusSeconds(3_600)));
    assertThat(keys.authenticate(issued.secret())).isEmpty();
    assertThat(keys.authenticate(other.secret())).contains(other.key());
    clock.advance(Duration.ofHours(1));
    assertThat(keys.revoke(issued.key().id())).contains(revoked);
    assertThat(keys.list()).containsExactly(revoked, other.key());
    assertThat(keys.revoke("key-0000")).isEmpty();
    assertThat(keys.revoke("nonsense\0")).isEmpty();
  }

  @Test
  void makesNoTwoKeysAlike() {
    AccessKeys ambient = AccessKeyService.on(new InMemoryAccessKeyStore());
    Set<String> secrets = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      AccessKeys.Issued issued = ambient.issue(ACME, Role.TENANT, null, Set.of());
      secrets.add(issued.secret());
      ids.add(issued.key().id());
      assertThat(ambient.authenticate(issued.secret())).contains(issued.key());
    }
    assertThat(secrets).hasSize(100);
    assertThat(ids).hasSize(100);
  }

  @Test
  void refusesALimitThatLetsNothingThrough() {
    assertThatThrownBy(() -> keys.issue(ACME, Role.TENANT, 0, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("perMinute: 1 or more, not 0");
    assertThat(store.digests).isEmpty();
  }
}
