package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link AccessKeyStore} keeps to, whatever it writes to: rules K01 to K11. Implement it
 * in a JUnit 5 test class; all its tests may run at once.
 *
 * <p>K10 and K11 are skipped for a store that no other process can see ({@link #another}). Each
 * rule is tested on stores that break it.
 */
@ExtendWith(RuleInMessages.class)
public interface AccessKeyStoreContract extends KeyStoreSource {

  /** A moment to the microsecond, which is as far as stores reach. */
  private static Instant noon() {
    return Instant.parse("2026-11-22T12:00:00.123456Z");
  }

  private static AccessKey key(int number) {
    return key(number, noon());
  }

  private static AccessKey key(int number, Instant created) {
    return key(number, "acme", Role.TENANT, null, Set.of(), created);
  }

  private static AccessKey key(
      int number,
      String tenant,
      Role role,
      @Nullable Integer perMinute,
      Set<String> extraFields,
      Instant created) {
    String id = String.format("key-%08d", number);
    return new AccessKey(id, new TenantId(tenant), role, perMinute, extraFields, created, null);
  }

  private static String digest(int number) {
    return String.format("%064x", number);
  }

  @Test
  @DisplayName("K01 finds a key by its digest, with all that is known of it")
  default void findsAKeyByItsDigestWithAllThatIsKnownOfIt() {
    AccessKeyStore store = emptyStore();
    Set<String> odd = Set.of("seed", "camera_fixed", "ä \"quoted\" \\ 'field' 🐕", "");
    List<AccessKey> keys =
        List.of(
            key(1),
            key(2, "0.z_-", Role.ADMIN, 1, odd, Instant.EPOCH),
            key(3, "t".repeat(63), Role.TENANT, Integer.MAX_VALUE, Set.of("seed"), noon()),
            key(4).revokedAt(noon().plusSeconds(1)));
    for (int i = 0; i < keys.size(); i++) {
      store.add(keys.get(i), digest(i));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(store.findByDigest(digest(i))).contains(keys.get(i));
    }
  }

  @Test
  @DisplayName("K02 knows no key by anything else")
  default void knowsNoKeyByAnythingElse() {
    AccessKeyStore store = emptyStore();
    assertThat(store.findByDigest(digest(0xabc))).isEmpty();
    store.add(key(1), digest(0xabc));

    String digest = digest(0xabc);
    for (String other :
        List.of(
            digest(0xabd),
            digest.toUpperCase(Locale.ROOT),
            digest.substring(1),
            digest + " ",
            "%",
            "",
            "\0",
            digest + "\0",
            key(1).id())) {
      assertThat(store.findByDigest(other)).as(other).isEmpty();
    }
  }

  @Test
  @DisplayName("K03 refuses an id or a digest that is there already")
  default void refusesAnIdOrADigestThatIsThereAlready() {
    AccessKeyStore store = emptyStore();
    store.add(key(1), digest(1));
    store.revoke(key(1).id(), noon());

    assertThatThrownBy(() -> store.add(key(1, noon().plusSeconds(1)), digest(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.add(key(2), digest(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(digest(1));
    assertThat(store.all()).containsExactly(key(1).revokedAt(noon()));
    assertThat(store.findByDigest(digest(1))).contains(key(1).revokedAt(noon()));
    assertThat(store.findByDigest(digest(2))).isEmpty();
  }

  @Test
  @DisplayName("K04 lists all keys, oldest first")
  default void listsAllKeysOldestFirst() {
    AccessKeyStore store = emptyStore();
    assertThat(store.all()).isEmpty();
    AccessKey newest = key(1, noon().plusSeconds(60));
    AccessKey oldest = key(9, noon().minusSeconds(60));
    store.add(newest, digest(1));
    store.add(key(8), digest(8));
    store.add(key(3), digest(3));
    store.add(oldest, digest(9));
    store.revoke(key(3).id(), noon());

    assertThat(store.all()).containsExactly(oldest, key(8), key(3).revokedAt(noon()), newest);
  }

  @Test
  @DisplayName("K05 revokes a key at once, and keeps it")
  default void revokesAKeyAtOnceAndKeepsIt() {
    AccessKeyStore store = emptyStore();
    AccessKey key = key(1, "zoo", Role.ADMIN, 60, Set.of("seed"), noon());
    store.add(key, digest(1));

    AccessKey revoked = key.revokedAt(noon().plusSeconds(5));
    assertThat(store.revoke(key.id(), noon().plusSeconds(5))).contains(revoked);
    assertThat(store.findByDigest(digest(1))).contains(revoked);
    assertThat(store.all()).containsExactly(revoked);
  }

  @Test
  @DisplayName("K06 leaves a revoked key the moment that it was first revoked at")
  default void leavesARevokedKeyTheMomentThatItWasFirstRevokedAt() {
    AccessKeyStore store = emptyStore();
    store.add(key(1), digest(1));
    store.revoke(key(1).id(), noon());

    for (int seconds : List.of(60, -60)) {
      assertThat(store.revoke(key(1).id(), noon().plusSeconds(seconds)))
          .contains(key(1).revokedAt(noon()));
    }
    assertThat(store.findByDigest(digest(1))).contains(key(1).revokedAt(noon()));
  }

  @Test
  @DisplayName("K07 revokes no other key, and none that it does not know")
  default void revokesNoOtherKeyAndNoneThatItDoesNotKnow() {
    AccessKeyStore store = emptyStore();
    store.add(key(1), digest(1));
    store.add(key(2), digest(2));

    assertThat(store.revoke(key(2).id(), noon())).isPresent();
    for (String unknown :
        List.of("key-00000003", "KEY-00000001", "key-0000000%", digest(1), "", "key-00000001\0")) {
      assertThat(store.revoke(unknown, noon())).as(unknown).isEmpty();
    }
    assertThat(store.all()).containsExactly(key(1), key(2).revokedAt(noon()));
  }

  @Test
  @DisplayName("K08 adds one of many that race for a digest")
  default void addsOneOfManyThatRaceForADigest() throws Exception {
    AccessKeyStore store = emptyStore();
    race(List.of(store));
  }

  @Test
  @DisplayName("K09 revokes a key at one moment for many that race")
  default void revokesAKeyAtOneMomentForManyThatRace() throws Exception {
    AccessKeyStore store = emptyStore();
    int keys = turns();
    IntStream.range(0, keys).forEach(i -> store.add(key(i), digest(i)));
    Race.Line line = new Race.Line(JournalJobs.THREADS);
    List<List<AccessKey>> revoked =
        Race.of(
            JournalJobs.THREADS,
            thread -> {
              List<AccessKey> seen = new ArrayList<>();
              for (int i = 0; i < keys; i++) {
                line.together();
                seen.add(store.revoke(key(i).id(), noon().plusSeconds(thread)).orElseThrow());
              }
              return seen;
            });

    assertThat(revoked).containsOnly(revoked.get(0));
    assertThat(store.all()).containsExactlyElementsOf(revoked.get(0));
  }

  @Test
  @DisplayName("K10 sees at once what another process added or revoked")
  default void seesAtOnceWhatAnotherProcessAddedOrRevoked() {
    AccessKeyStore ours = emptyStore();
    AccessKeyStore theirs = anotherOrSkip(ours);
    for (int i = 0; i < 20; i++) {
      assertThat(theirs.findByDigest(digest(i))).isEmpty();
      ours.add(key(i), digest(i));
      assertThat(theirs.findByDigest(digest(i))).contains(key(i));
      assertThat(ours.findByDigest(digest(i))).contains(key(i));
      theirs.revoke(key(i).id(), noon());
      assertThat(ours.findByDigest(digest(i))).contains(key(i).revokedAt(noon()));
      assertThat(ours.all()).hasSize(i + 1).doesNotContain(key(i)).isEqualTo(theirs.all());
    }
  }

  @Test
  @DisplayName("K11 adds one of several processes' that race for a digest")
  default void addsOneOfSeveralProcessesThatRaceForADigest() throws Exception {
    AccessKeyStore ours = emptyStore();
    race(List.of(ours, anotherOrSkip(ours)));
  }

  private void race(List<AccessKeyStore> stores) throws Exception {
    int digests = turns();
    Race.Line line = new Race.Line(JournalJobs.THREADS);
    List<List<AccessKey>> added =
        Race.of(
            JournalJobs.THREADS,
            thread -> {
              AccessKeyStore store = stores.get(thread % stores.size());
              List<AccessKey> mine = new ArrayList<>();
              for (int i = 0; i < digests; i++) {
                line.together();
                AccessKey key = key(thread * digests + i);
                if (adds(store, key, digest(i))) {
                  mine.add(key);
                }
              }
              return mine;
            });

    List<AccessKey> all = added.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(digests);
    assertThat(stores.get(0).all()).containsExactlyInAnyOrderElementsOf(all);
    Set<AccessKey> found = new HashSet<>();
    IntStream.range(0, digests)
        .forEach(i -> found.add(stores.get(0).findByDigest(digest(i)).orElseThrow()));
    assertThat(found).containsExactlyInAnyOrderElementsOf(all);
  }

  private static boolean adds(AccessKeyStore store, AccessKey key, String digest) {
    try {
      store.add(key, digest);
      return true;
    } catch (IllegalArgumentException there) {
      return false;
    }
  }

  private AccessKeyStore anotherOrSkip(AccessKeyStore store) {
    return another(store)
        .orElseGet(
            () -> Assumptions.abort("no other process can see this store: another() is empty"));
  }
}
