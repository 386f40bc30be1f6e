package io.github.seedance4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private static final SubmissionOutcome TAKEN = new SubmissionOutcome.Submitted(new TaskId("t1"));
  private static final SubmissionOutcome THROTTLED = new SubmissionOutcome.Throttled(null, null);

  private final Concurrency concurrency = new Concurrency(8);

  @Test
  void halvesOnceForAWholeWaveOf429() {
    List<Concurrency.Place> wave = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      wave.add(concurrency.enter());
    }
    wave.forEach(place -> place.learn(THROTTLED));
    wave.forEach(Concurrency.Place::close);

    assertThat(concurrency.limit()).isEqualTo(4);
    learn(THROTTLED);
    assertThat(concurrency.limit()).isEqualTo(2);
  }

  @Test
  void neverFallsBelowOne() {
    for (int i = 0; i < 10; i++) {
      learn(THROTTLED);
    }

    assertThat(concurrency.limit()).isEqualTo(1);
    learn(TAKEN);
    assertThat(concurrency.limit()).isEqualTo(2);
  }

  @Test
  void growsByOneForEachRoundThatIsTakenUpToItsMost() {
    learn(THROTTLED);
    learn(THROTTLED);
    int rounds = 0;
    while (concurrency.limit() < 8) {
      learn(TAKEN);
      rounds++;
    }
    for (int i = 0; i < 100; i++) {
      learn(TAKEN);
    }

    assertThat(rounds).isBetween(25, 35); // 2 + 3 + 4 + 5 + 6 + 7 calls
    assertThat(concurrency.limit()).isEqualTo(8);
  }

  @Test
  void letsAThreadThatIsInsideEnterAgain() {
    Concurrency single = new Concurrency(1);
    try (Concurrency.Place outer = single.enter();
        Concurrency.Place inner = single.enter()) {
      assertThat(List.of(outer, inner)).doesNotHaveDuplicates();
      assertThat(CompletableFuture.supplyAsync(single::tryEnter).join()).isEmpty();
    }
    assertThat(CompletableFuture.supplyAsync(single::tryEnter).join()).isPresent();
  }

  @Test
  void letsTheNextOneInWhenAPlaceIsGivenBack() throws Exception {
    Concurrency single = new Concurrency(1);
    Concurrency.Place first = single.enter();
    CompletableFuture<Concurrency.Place> second = CompletableFuture.supplyAsync(single::enter);
    assertThat(second).isNotDone();
    first.close();

    assertThat(second.get()).isNotNull();
  }

  @Test
  void sendsWhoeverWaitsAwayWhenItCloses() {
    Concurrency single = new Concurrency(1);
    Concurrency.Place first = single.enter();
    CompletableFuture<Concurrency.Place> second = CompletableFuture.supplyAsync(single::enter);
    single.close();

    assertThatThrownBy(second::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    first.close();
  }

  private void learn(SubmissionOutcome outcome) {
    try (Concurrency.Place place = concurrency.enter()) {
      place.learn(outcome);
    }
  }
}
