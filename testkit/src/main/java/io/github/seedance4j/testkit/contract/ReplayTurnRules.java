package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.ReplayEntries.ACME;
import static io.github.seedance4j.testkit.contract.ReplayEntries.BODY;
import static io.github.seedance4j.testkit.contract.ReplayEntries.DAY;
import static io.github.seedance4j.testkit.contract.ReplayEntries.NOON;
import static io.github.seedance4j.testkit.contract.ReplayEntries.OTHER_BODY;
import static io.github.seedance4j.testkit.contract.ReplayEntries.TICKET;
import static io.github.seedance4j.testkit.contract.ReplayEntries.ZOO;
import static io.github.seedance4j.testkit.contract.ReplayEntries.answered;
import static io.github.seedance4j.testkit.contract.ReplayEntries.entry;
import static io.github.seedance4j.testkit.contract.ReplayEntries.remove;
import static io.github.seedance4j.testkit.contract.ReplayEntries.standing;
import static io.github.seedance4j.testkit.contract.ReplayEntries.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.port.out.ReplayStore.Entry;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whose turn it is to answer under a key, what the answer was, and for how long it is kept. */
interface ReplayTurnRules extends ReplayStoreSource {

  /** What a moment is told apart by. */
  private static Duration micro() {
    return Duration.ofNanos(1_000);
  }

  @Test
  @DisplayName("R01 gives a key to the first who takes it, and tells the others of that entry")
  default void givesAKeyToTheFirstWhoTakesItAndTellsTheOthersOfThatEntry() {
    ReplayStore store = emptyStore();
    Entry first = entry("order-1", "one");
    assertThat(take(store, first)).isEmpty();

    assertThat(take(store, entry("order-1", "two", NOON.plusSeconds(1)))).contains(first);
    assertThat(take(store, entry(ACME, "order-1", OTHER_BODY, "three", NOON))).contains(first);
    assertThat(take(store, first)).contains(first);
    assertThat(standing(store, first)).contains(first);
  }

  @Test
  @DisplayName("R02 tells tenants and keys apart to the letter")
  default void tellsTenantsAndKeysApartToTheLetter() {
    ReplayStore store = emptyStore();
    List<String> keys =
        List.of("order-1", "Order-1", "order-1 ", "order-%", "örder-1", "o\u0308rder-1", "🐕");
    for (TenantId tenant : List.of(ACME, ZOO, new TenantId("acme-2"))) {
      for (String key : keys) {
        Entry entry = entry(tenant, key, BODY, tenant + key, NOON);
        assertThat(take(store, entry)).isEmpty();
        assertThat(answer(store, entry, tenant + "/" + key)).isTrue();
      }
    }
    for (String key : keys) {
      assertThat(standing(store, entry(ZOO, key, BODY, "?", NOON)))
          .contains(
              answered(
                  entry(ZOO, key, BODY, "zoo" + key, NOON), ReplayEntries.answer("zoo/" + key)));
    }
  }

  private static boolean answer(ReplayStore store, Entry entry, String text) {
    return ReplayEntries.answer(store, entry, ReplayEntries.answer(text));
  }

  @Test
  @DisplayName("R03 keeps a key and an owner of any length that is allowed")
  default void keepsAKeyAndAnOwnerOfAnyLengthThatIsAllowed() {
    ReplayStore store = emptyStore();
    for (String key : List.of("k", "k".repeat(255), "ö".repeat(255), "🐕".repeat(127))) {
      Entry entry = entry(new TenantId("t".repeat(63)), key, BODY, "0".repeat(64), NOON);
      assertThat(take(store, entry)).isEmpty();
      assertThat(standing(store, entry)).contains(entry);
    }
  }

  @Test
  @DisplayName("R04 gives an answer back to the byte")
  default void givesAnAnswerBackToTheByte() {
    ReplayStore store = emptyStore();
    byte[] every = new byte[100_000];
    IntStream.range(0, every.length).forEach(i -> every[i] = (byte) i);
    List<StoredAnswer> answers =
        List.of(
            new StoredAnswer(
                200, "application/json", "{\"a\": \"ä🐕\"}\n".getBytes(StandardCharsets.UTF_8)),
            new StoredAnswer(402, "application/problem+json; charset=utf-8", new byte[] {0}),
            new StoredAnswer(204, "", new byte[0]),
            new StoredAnswer(599, "application/octet-stream", every),
            new StoredAnswer(100, "x/y", Arrays.copyOf(every, 256)));
    for (StoredAnswer answer : answers) {
      Entry entry = entry("order-" + answer.status(), "one");
      take(store, entry);
      assertThat(answer(store, entry, answer)).isTrue();
      assertThat(take(store, entry(entry.key(), "two", NOON.plusSeconds(60))))
          .contains(answered(entry, answer));
    }
  }

  private static boolean answer(ReplayStore store, Entry entry, StoredAnswer answer) {
    return ReplayEntries.answer(store, entry, answer);
  }

  @Test
  @DisplayName("R05 takes an answer from the owner alone")
  default void takesAnAnswerFromTheOwnerAlone() {
    ReplayStore store = emptyStore();
    Entry entry = entry("order-1", "one");
    assertThat(answer(store, entry, "too early")).isFalse();
    take(store, entry);

    assertThat(answer(store, entry("order-1", "One"), "mine")).isFalse();
    assertThat(answer(store, entry("order-2", "one"), "mine")).isFalse();
    assertThat(answer(store, entry(ZOO, "order-1", BODY, "one", NOON), "mine")).isFalse();
    assertThat(standing(store, entry)).contains(entry);
    assertThat(answer(store, entry, "done")).isTrue();
    assertThat(standing(store, entry)).contains(answered(entry, ReplayEntries.answer("done")));
  }

  @Test
  @DisplayName("R06 keeps the first answer")
  default void keepsTheFirstAnswer() {
    ReplayStore store = emptyStore();
    Entry entry = entry("order-1", "one");
    take(store, entry);
    answer(store, entry, "done");

    assertThat(answer(store, entry, "done otherwise")).isFalse();
    assertThat(standing(store, entry)).contains(answered(entry, ReplayEntries.answer("done")));
  }

  @Test
  @DisplayName("R07 removes an entry without an answer, for its owner alone")
  default void removesAnEntryWithoutAnAnswerForItsOwnerAlone() {
    ReplayStore store = emptyStore();
    Entry entry = entry("order-1", "one");
    Entry beside = entry("order-2", "one");
    remove(store, entry);
    take(store, entry);
    take(store, beside);

    remove(store, entry("order-1", "two"));
    remove(store, entry(ZOO, "order-1", BODY, "one", NOON));
    assertThat(standing(store, entry)).contains(entry);
    remove(store, entry);
    Entry next = entry(ACME, "order-1", OTHER_BODY, "next", NOON);
    assertThat(take(store, next)).isEmpty();
    assertThat(answer(store, entry, "late")).isFalse();
    assertThat(standing(store, next)).contains(next);
    assertThat(standing(store, beside)).contains(beside);
  }

  @Test
  @DisplayName("R08 removes no answer")
  default void removesNoAnswer() {
    ReplayStore store = emptyStore();
    Entry entry = entry("order-1", "one");
    take(store, entry);
    answer(store, entry, "done");

    remove(store, entry);
    assertThat(standing(store, entry)).contains(answered(entry, ReplayEntries.answer("done")));
  }

  @Test
  @DisplayName("R09 hands over what lapsed without an answer, to the same body alone")
  default void handsOverWhatLapsedWithoutAnAnswerToTheSameBodyAlone() {
    ReplayStore store = emptyStore();
    Entry dead = entry("order-1", "dead");
    take(store, dead);
    Instant lapsed = NOON.plus(TICKET).plus(micro());

    assertThat(take(store, entry("order-1", "next", NOON.plus(TICKET)))).contains(dead);
    assertThat(take(store, entry(ACME, "order-1", OTHER_BODY, "other", lapsed))).contains(dead);
    Entry next = entry("order-1", "next", lapsed);
    assertThat(take(store, next)).isEmpty();
    assertThat(standing(store, next)).contains(next);
    assertThat(answer(store, dead, "late")).isFalse();
    remove(store, dead);
    assertThat(answer(store, next, "done")).isTrue();
    assertThat(standing(store, next)).contains(answered(next, ReplayEntries.answer("done")));
  }

  @Test
  @DisplayName("R10 keeps an answer for as long as it is not forgotten")
  default void keepsAnAnswerForAsLongAsItIsNotForgotten() {
    ReplayStore store = emptyStore();
    Entry entry = entry("order-1", "one");
    take(store, entry);
    answer(store, entry, "done");
    Entry kept = answered(entry, ReplayEntries.answer("done"));

    assertThat(take(store, entry("order-1", "two", NOON.plus(TICKET).plus(micro()))))
        .contains(kept);
    assertThat(take(store, entry("order-1", "three", NOON.plus(DAY)))).contains(kept);
    assertThat(take(store, entry(ACME, "order-1", OTHER_BODY, "four", NOON.plus(DAY))))
        .contains(kept);
  }

  @Test
  @DisplayName("R11 puts anything in place of what is forgotten")
  default void putsAnythingInPlaceOfWhatIsForgotten() {
    ReplayStore store = emptyStore();
    Entry answered = entry("order-1", "one");
    Entry open = entry("order-2", "one");
    take(store, answered);
    take(store, open);
    answer(store, answered, "done");
    Instant forgotten = NOON.plus(DAY).plus(micro());

    Entry next = entry(ACME, "order-1", OTHER_BODY, "next", forgotten);
    Entry beside = entry(ACME, "order-2", OTHER_BODY, "next", forgotten);
    assertThat(take(store, next)).isEmpty();
    assertThat(take(store, beside)).isEmpty();
    assertThat(standing(store, next)).as("without the old answer").contains(next);
    assertThat(standing(store, beside)).contains(beside);
  }

  @Test
  @DisplayName("R12 forgets what was taken before a moment, and nothing else")
  default void forgetsWhatWasTakenBeforeAMomentAndNothingElse() {
    ReplayStore store = emptyStore();
    assertThat(store.forget(NOON)).isZero();
    Entry before = entry("before", "one", NOON.minus(micro()));
    Entry longAgo = entry(ZOO, "before", BODY, "one", NOON.minus(DAY));
    Entry then = entry("then", "one");
    Entry after = entry(ZOO, "then", BODY, "one", NOON.plus(micro()));
    List.of(before, longAgo, then, after).forEach(entry -> take(store, entry));
    answer(store, longAgo, "done");
    answer(store, after, "done");

    assertThat(store.forget(NOON)).isEqualTo(2);
    assertThat(store.forget(NOON)).isZero();
    assertThat(standing(store, then)).contains(then);
    assertThat(standing(store, after)).contains(answered(after, ReplayEntries.answer("done")));
    assertThat(standing(store, before)).isEmpty();
    assertThat(standing(store, longAgo)).isEmpty();
  }
}
