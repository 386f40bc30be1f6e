package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.service.AccessKeyService;
import io.github.seedance4j.service.InMemoryAccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnKeyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  private final AccessKeys keys = AccessKeyService.on(new InMemoryAccessKeyStore());
  private final AtomicLong nanos = new AtomicLong();

  private OwnKey own(int fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return new OwnKey(keys, secret, NOW, nanos::get);
  }

  private AccessKeys.Issued issued() {
    return keys.issue(new TenantId("studio"), Role.TENANT, null, Set.of());
  }

  @Test
  void isAnAdminsAndTheSameAtEveryStart() {
    String secret = own(1).secretIfAlone();

    assertThat(secret).matches("sgw_[A-Za-z0-9_-]{43}").isEqualTo(own(1).secretIfAlone());
    assertThat(own(2).secretIfAlone()).isNotEqualTo(secret);
    assertThat(own(1).authenticate(secret))
        .hasValueSatisfying(
            key -> {
              assertThat(key.role()).isEqualTo(Role.ADMIN);
              assertThat(key.tenant()).isEqualTo(new TenantId("local"));
            });
    assertThat(own(2).authenticate(secret)).isEmpty();
    assertThat(own(1).list()).extracting(AccessKey::id).containsExactly("key-gateway");
  }

  @Test
  void countsNoMoreOnceThereIsAKeyAndNeverAgain() {
    OwnKey own = own(1);
    String secret = own.secretIfAlone();
    AccessKeys.Issued issued = issued();
    nanos.addAndGet(SECOND);

    assertThat(own.authenticate(secret)).isEmpty();
    assertThat(own.secretIfAlone()).isNull();
    assertThat(own.list()).containsExactly(issued.key());
    assertThat(own.authenticate(issued.secret())).map(AccessKey::id).contains(issued.key().id());

    own.revoke(issued.key().id());
    nanos.addAndGet(SECOND);
    assertThat(own.authenticate(issued.secret())).isEmpty();
    assertThat(own.authenticate(secret)).isEmpty();
  }
}
