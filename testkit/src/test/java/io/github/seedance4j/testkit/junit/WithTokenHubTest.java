package io.github.seedance4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.SettableClock;
import io.github.seedance4j.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The annotation as a user has it: every test alone with a fake, all of them at once. */
@WithTokenHub
class WithTokenHubTest {

  private static final GenerationDraft CAT =
      GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat").build();

  private FakeTokenHub before;

  @BeforeEach
  void takesTheFakeBeforeTheTestToo(FakeTokenHub hub) {
    before = hub;
  }

  @RepeatedTest(4)
  void givesEachTestItsOwn(FakeTokenHub hub, VideoGeneration videos) {
    assertThat(hub).isSameAs(before);
    assertThat(hub.tasks()).isEmpty();

    Job done = videos.generate(CAT);

    assertThat(done.state()).isEqualTo(JobState.STORED);
    assertThat(done.clip().orElseThrow().path()).isNotEmptyFile();
    assertThat(hub.ledger().charges()).hasSize(1);
  }

  @Test
  void letsTimePassByItself(FakeTokenHub hub, VideoGeneration videos, SettableClock clock) {
    Instant start = clock.instant();
    hub.next().throttled(Duration.ofMinutes(2));

    videos.generate(CAT);

    assertThat(Duration.between(start, clock.instant())).isGreaterThan(Duration.ofMinutes(2));
  }

  @Test
  void letsATestThatTakesTimeMoveIt(VideoGeneration videos, VirtualTime time, TestBench bench) {
    Instant start = time.now();
    Job job = videos.submit(CAT).match(j -> j, r -> null, o -> null, u -> null);
    CompletableFuture<Job> done = videos.awaitAsync(job.id(), Duration.ofHours(1));

    assertThat(bench.time()).isSameAs(time);
    assertThat(done).isNotDone();
    assertThat(time.now()).isEqualTo(start);
    time.advance(Duration.ofSeconds(10));
    assertThat(done).isCompletedWithValueMatching(end -> end.state() == JobState.STORED);
  }

  @Nested
  class WhereABeforeEachTakesTime {
    private Instant start;

    @BeforeEach
    void looks(VideoGeneration videos, VirtualTime time) {
      start = time.now();
      videos.submit(CAT);
    }

    @Test
    void itStandsStillInTheTestToo(SettableClock clock, FakeTokenHub hub) {
      assertThat(clock.instant()).isEqualTo(start);
      assertThat(hub.requests().polls()).isZero();
    }
  }
}
