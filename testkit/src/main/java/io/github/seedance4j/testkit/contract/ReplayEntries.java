package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.port.out.ReplayStore.Entry;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Entries to put into a store of answers, and the two limits as the service draws them. */
final class ReplayEntries {

  static final TenantId ACME = new TenantId("acme");
  static final TenantId ZOO = new TenantId("zoo");
  static final String BODY = "0123456789abcdef".repeat(4);
  static final String OTHER_BODY = "f".repeat(64);

  /** A moment to the microsecond, which is as far as stores reach. */
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  static final Duration TICKET = Duration.ofMinutes(2);
  static final Duration DAY = Duration.ofHours(24);

  private ReplayEntries() {}

  /** One of {@link #ACME}'s, taken at noon. */
  static Entry entry(String key, String owner) {
    return entry(key, owner, NOON);
  }

  static Entry entry(String key, String owner, Instant taken) {
    return entry(ACME, key, BODY, owner, taken);
  }

  static Entry entry(TenantId tenant, String key, String body, String owner, Instant taken) {
    return new Entry(tenant, key, body, owner, taken, null);
  }

  static Entry answered(Entry entry, StoredAnswer answer) {
    return new Entry(
        entry.tenant(), entry.key(), entry.bodySha256(), entry.owner(), entry.takenAt(), answer);
  }

  static StoredAnswer answer(String text) {
    return new StoredAnswer(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a key as the service does, at the moment that the entry says. */
  static Optional<Entry> take(ReplayStore store, Entry entry) {
    return store.take(entry, entry.takenAt().minus(TICKET), entry.takenAt().minus(DAY));
  }

  static boolean answer(ReplayStore store, Entry entry, StoredAnswer answer) {
    return store.answer(entry.tenant(), entry.key(), entry.owner(), answer);
  }

  static void remove(ReplayStore store, Entry entry) {
    store.remove(entry.tenant(), entry.key(), entry.owner());
  }

  /** What stands at its place; changes nothing if something does. */
  static Optional<Entry> standing(ReplayStore store, Entry entry) {
    return store.take(
        entry(entry.tenant(), entry.key(), entry.bodySha256(), "looks", NOON),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
