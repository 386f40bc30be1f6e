package io.github.seedance4j.adapter.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The costly failure, a thousand times: charged, and the answer lost. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChargedThenResetTest {

  private static final int JOBS = 1_000;
  private static final int THREADS = 16;
  private static final int RESTARTS = 3;
  private static final int ATTACHED = 20;
  private static final Duration LEASE = Duration.ofHours(1);

  @TempDir Path folder;

  private final VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));

  @Test
  void staysUnknownAndIsNeverSentAgainUntilAPersonSaysWhatBecameOfIt() throws Exception {
    try (HubProcess hub = HubProcess.start()) {
      hub.sometimes(1, new CreateFault.ResetsAfterCharge());
      try (VideoGeneration videos = open(hub)) {
        assertThat(submitAll(videos)).allMatch(Submission.Unknown.class::isInstance);
      }
      requireOneChargeEach(hub);

      hub.clearFaults(); // from here on a create would succeed
      for (int restart = 0; restart < RESTARTS; restart++) {
        try (VideoGeneration videos = open(hub)) {
          time.advance(Duration.ofHours(24 / RESTARTS));
          hub.advance(Duration.ofHours(24 / RESTARTS));
          assertThat(submitAll(videos)).allMatch(Submission.Unknown.class::isInstance);
        }
      }
      requireOneChargeEach(hub);

      try (VideoGeneration videos = open(hub)) {
        resolveAll(videos, hub.ledger());
        assertThat(videos.list(JobQuery.all().in(Set.of(JobState.STORED)))).hasSize(ATTACHED);
        assertThat(videos.list(JobQuery.all().in(Set.of(JobState.LOST)))).hasSize(JOBS - ATTACHED);
        LedgerAssertions.assertThat(hub.ledger())
            .chargedTimes(JOBS)
            .hasNoChargeWithoutAJob(videos.list(JobQuery.all()))
            .isCoveredBy(videos.spend());
        assertThat(videos.spend().held().amount()).isZero();
      }
    }
  }

  private VideoGeneration open(HubProcess hub) {
    return VideoGenerationService.builder()
        .provider(
            TokenHub.provider(
                ApiKey.of("th-reset"),
                hub.baseUrl(),
                HttpOptions.builder().allowLoopback(true).build()))
        .journal(JdbcJobJournal.sqlite(folder.resolve("journal.db")))
        .clipFiles(job -> folder.resolve(job.id() + ".mp4"))
        .time(time)
        .executor(Runnable::run)
        .lease(LEASE)
        .build();
  }

  private static List<Submission> submitAll(VideoGeneration videos) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Submission>> calls =
          IntStream.range(0, JOBS)
              .mapToObj(number -> threads.submit(() -> submit(videos, number)))
              .toList();
      List<Submission> submissions = new ArrayList<>();
      for (Future<Submission> call : calls) {
        submissions.add(call.get());
      }
      return submissions;
    } finally {
      threads.shutdown();
    }
  }

  private static Submission submit(VideoGeneration videos, int number) {
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0_FAST)
            .prompt("clip " + number)
            .resolution(Resolution.P480)
            .duration(Duration.ofSeconds(4))
            .build();
    return videos.submit(draft, SubmitOptions.idempotencyKey("order-" + number));
  }

  private void requireOneChargeEach(HubProcess hub) {
    Ledger ledger = hub.ledger();
    Map<?, ?> requests = (Map<?, ?>) hub.state().get("requests");
    assertThat(requests.get("creates_begun")).hasToString(Integer.toString(JOBS));
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(folder.resolve("journal.db"))) {
      List<Job> jobs = journal.list(JobQuery.all());
      assertThat(jobs).hasSize(JOBS).allMatch(job -> job.state() == JobState.UNKNOWN);
      assertThat(jobs).allMatch(job -> ledger.chargesForDigest(digest(job)).size() == 1);
      LedgerAssertions.assertThat(ledger).chargedTimes(JOBS).hasNoChargeWithoutAJob(jobs);
    }
  }

  private static String digest(Job job) {
    return job.bodySha256().orElseThrow();
  }

  /** As a person does who has the provider's account before them, and gives up soon. */
  private void resolveAll(VideoGeneration videos, Ledger ledger) {
    int attached = 0;
    for (Job job : videos.list(JobQuery.all())) {
      if (attached++ < ATTACHED) {
        videos.resolve(
            job.id(), new OutcomeResolution.Attach(Story.taskOf(job, ledger).orElseThrow()));
      } else {
        videos.resolve(job.id(), new OutcomeResolution.Lost());
      }
    }
    time.advance(Duration.ofMinutes(10));
  }
}
