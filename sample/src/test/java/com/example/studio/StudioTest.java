package com.example.studio;

import static io.github.seedance4j.testkit.assertion.LedgerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.junit.TokenHubExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can happen to a film, at no cost: tasks take minutes here, and the tests don't. */
class StudioTest {

  @RegisterExtension
  static final TokenHubExtension TOKEN_HUB =
      TokenHubExtension.standard()
          .hub(hub -> hub.pace(Pace.published()))
          .providing(
              VideoGeneration.class,
              bench ->
                  bench
                      .wire(
                          Studio.videos(
                              bench.hub().baseUrl(),
                              "th-test",
                              HttpOptions.builder().allowLoopback(true).build(),
                              bench.directory()))
                      .build())
          .warmedUp();

  @Test
  void makesAFilm(FakeTokenHub hub, VideoGeneration videos) {
    Job done = videos.generate(film("a lighthouse"));

    assertThat(done.state()).isEqualTo(JobState.STORED);
    assertThat(done.clip().orElseThrow().path()).isNotEmptyFile();
    assertThat(hub.ledger()).chargedExactlyOnce(done);
  }

  @Test
  void paysNothingForAFilmThatModerationRefuses(FakeTokenHub hub, VideoGeneration videos) {
    hub.next().outputModeration();

    assertThatThrownBy(() -> videos.generate(film("a lighthouse")))
        .isInstanceOf(GiveUpException.class)
        .hasMessageContaining("OutputVideoSensitiveContentDetected");
    assertThat(hub.ledger().total()).isZero();
  }

  @Test
  void neverSendsAgainWhenTheReplyIsLost(FakeTokenHub hub, VideoGeneration videos) {
    hub.next().chargedThenReset();

    Submission submission = videos.submit(film("a lighthouse"));

    assertThat(submission).isInstanceOf(Submission.Unknown.class);
    assertThat(hub.ledger()).chargedExactlyOnce(((Submission.Unknown) submission).job());
  }

  @Test
  void fetchesTheFilmThoughItsLinkHasExpired(FakeTokenHub hub, VideoGeneration videos) {
    hub.next().expiredLink();

    Job done = videos.generate(film("a lighthouse"));

    assertThat(done.state()).isEqualTo(JobState.STORED);
    assertThat(hub.ledger()).chargedExactlyOnce(done);
  }

  @Test
  void finishesABatchThatIsThrottled(FakeTokenHub hub, VideoGeneration videos) {
    hub.next().throttled(Duration.ofSeconds(30)).next().throttled(Duration.ofSeconds(60));

    List<CompletableFuture<Job>> batch =
        Stream.of("dawn", "noon", "dusk")
            .map(time -> videos.generateAsync(film(time), SubmitOptions.none()))
            .toList();

    assertThat(batch)
        .extracting(CompletableFuture::join)
        .allSatisfy(job -> assertThat(hub.ledger()).chargedExactlyOnce(job));
  }

  @Test
  void stopsAtTheDaysBudget(FakeTokenHub hub, VideoGeneration videos) {
    Job first = videos.generate(film("part one, in which nothing happens", 15));

    Submission second = videos.submit(film("part two, in which nothing changes", 15));

    assertThat(second).isInstanceOf(Submission.OverBudget.class);
    assertThat(hub.ledger()).chargedTimes(1).chargedExactlyOnce(first);
  }

  private static GenerationDraft film(String prompt) {
    return film(prompt, 5);
  }

  /** 0.20 USD a second. */
  private static GenerationDraft film(String prompt, int seconds) {
    return GenerationDraft.builder()
        .model(ModelId.SEEDANCE_2_0)
        .prompt(prompt)
        .duration(Duration.ofSeconds(seconds))
        .build();
  }
}
