package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.JournalJobs.THREADS;
import static io.github.seedance4j.testkit.contract.ReplayEntries.DAY;
import static io.github.seedance4j.testkit.contract.ReplayEntries.NOON;
import static io.github.seedance4j.testkit.contract.ReplayEntries.TICKET;
import static io.github.seedance4j.testkit.contract.ReplayEntries.answer;
import static io.github.seedance4j.testkit.contract.ReplayEntries.answered;
import static io.github.seedance4j.testkit.contract.ReplayEntries.entry;
import static io.github.seedance4j.testkit.contract.ReplayEntries.remove;
import static io.github.seedance4j.testkit.contract.ReplayEntries.standing;
import static io.github.seedance4j.testkit.contract.ReplayEntries.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.port.out.ReplayStore.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many at once, and several processes, are held to what one is held to. */
interface ReplayRaceRules extends ReplayStoreSource {

  @Test
  @DisplayName("R13 gives a key to one of many that race for it")
  default void givesAKeyToOneOfManyThatRaceForIt() throws Exception {
    race(List.of(emptyStore()), "order-", NOON);
  }

  @Test
  @DisplayName("R14 gives a key that lapsed or is forgotten to one of many that race for it")
  default void givesAKeyThatLapsedOrIsForgottenToOneOfManyThatRaceForIt() throws Exception {
    ReplayStore store = emptyStore();
    for (int i = 0; i < turns(); i++) {
      take(store, entry("lapsed-" + i, "dead"));
      Entry old = entry("old-" + i, "old");
      take(store, old);
      answer(store, old, answer("done"));
    }
    race(List.of(store), "lapsed-", NOON.plus(TICKET).plusSeconds(1));
    race(List.of(store), "old-", NOON.plus(DAY).plusSeconds(1));
  }

  @Test
  @DisplayName("R15 forgets a few hundred at once, until all is gone")
  default void forgetsAFewHundredAtOnceUntilAllIsGone() throws Exception {
    ReplayStore store = emptyStore();
    int each = 130;
    takeAll(store, each, Duration.ZERO);

    int sum = 0;
    for (int some = store.forget(NOON.plusSeconds(1)); some > 0; ) {
      assertThat(some).as("forgotten in one call").isLessThan(1_000);
      sum += some;
      some = store.forget(NOON.plusSeconds(1));
    }
    assertThat(sum).isEqualTo(THREADS * each);
    assertThat(standing(store, entry("0-0", "?"))).isEmpty();
  }

  @Test
  @DisplayName("R16 forgets nothing that is taken anew meanwhile")
  default void forgetsNothingThatIsTakenAnewMeanwhile() throws Exception {
    ReplayStore store = emptyStore();
    int each = 20;
    takeAll(store, each, DAY);
    Instant next = NOON.plus(DAY.multipliedBy(each + 1)).plusSeconds(1);
    Race.Line line = new Race.Line(THREADS);
    Race.of(
        THREADS,
        thread -> {
          for (int i = 0; i < each; i++) {
            line.together();
            if (thread % 2 == 0) {
              store.forget(NOON.plus(DAY.multipliedBy(i)).plusSeconds(1)); // that round's alone
            } else {
              take(store, entry(thread + "-" + i, "new", next));
              take(store, entry(thread - 1 + "-" + i, "new", next));
            }
          }
          return thread;
        });

    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < each; i++) {
        Entry fresh = entry(thread + "-" + i, "new", next);
        assertThat(standing(store, fresh)).contains(fresh);
      }
    }
    assertThat(store.forget(next)).isZero();
  }

  /** Each of eight threads takes that many keys, each so much later than the one before. */
  private static void takeAll(ReplayStore store, int each, Duration apart) throws Exception {
    Race.of(
        THREADS,
        thread -> {
          for (int i = 0; i < each; i++) {
            take(store, entry(thread + "-" + i, "old", NOON.plus(apart.multipliedBy(i))));
          }
          return thread;
        });
  }

  @Test
  @DisplayName("R17 sees at once what another process took, answered or removed")
  default void seesAtOnceWhatAnotherProcessTookAnsweredOrRemoved() {
    ReplayStore ours = emptyStore();
    ReplayStore theirs = anotherOrSkip(ours);
    for (int i = 0; i < 20; i++) {
      Entry entry = entry("order-" + i, "ours");
      Entry mine = entry("order-" + i, "theirs");
      assertThat(take(ours, entry)).isEmpty();
      assertThat(take(theirs, mine)).contains(entry);
      remove(ours, entry);
      assertThat(take(theirs, mine)).isEmpty();
      assertThat(take(ours, entry)).contains(mine);
      assertThat(answer(theirs, mine, answer("done"))).isTrue();
      assertThat(take(ours, entry)).contains(answered(mine, answer("done")));
    }
    assertThat(ours.forget(NOON.plusSeconds(1))).isEqualTo(20);
    assertThat(theirs.forget(NOON.plusSeconds(1))).isZero();
  }

  @Test
  @DisplayName("R18 gives a key to one of several processes that race for it")
  default void givesAKeyToOneOfSeveralProcessesThatRaceForIt() throws Exception {
    ReplayStore ours = emptyStore();
    race(List.of(ours, anotherOrSkip(ours)), "order-", NOON);
  }

  /** Everybody takes every key at once: one gets it and answers, the others are told of it. */
  private void race(List<ReplayStore> stores, String prefix, Instant now) throws Exception {
    int keys = turns();
    Race.Line line = new Race.Line(THREADS);
    List<List<Optional<Entry>>> taken =
        Race.of(
            THREADS,
            thread -> {
              ReplayStore store = stores.get(thread % stores.size());
              List<Optional<Entry>> seen = new ArrayList<>();
              for (int i = 0; i < keys; i++) {
                line.together();
                seen.add(take(store, entry(prefix + i, "thread-" + thread, now)));
              }
              return seen;
            });

    for (int i = 0; i < keys; i++) {
      int key = i;
      List<Integer> winners =
          IntStream.range(0, THREADS).filter(t -> taken.get(t).get(key).isEmpty()).boxed().toList();
      assertThat(winners).as("who got %s%d", prefix, key).hasSize(1);
      Entry entry = entry(prefix + key, "thread-" + winners.get(0), now);
      assertThat(taken.stream().map(seen -> seen.get(key)).flatMap(Optional::stream))
          .as("what the others were told of %s%d", prefix, key)
          .containsOnly(entry);
      assertThat(answer(stores.get(0), entry, answer("done"))).isTrue();
    }
  }

  private ReplayStore anotherOrSkip(ReplayStore store) {
    return another(store)
        .orElseGet(
            () -> Assumptions.abort("no other process can see this store: another() is empty"));
  }
}
