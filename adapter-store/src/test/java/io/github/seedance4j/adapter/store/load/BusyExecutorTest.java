package io.github.seedance4j.adapter.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that does not get round to anything, as behind long downloads. */
class BusyExecutorTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));

  @TempDir Path folder;

  @Test
  void keepsWhatIsLookedAfterHoweverBusyTheExecutorIs() {
    Path file = folder.resolve("journal.db");
    try (VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(new InstantProvider(1, 100))
                .journal(JdbcJobJournal.sqlite(file))
                .clipFiles(job -> folder.resolve(job.id() + ".mp4"))
                .executor(task -> {})
                .lease(LEASE)
                .time(time)
                .build();
        JdbcJobJournal other = JdbcJobJournal.sqlite(file)) {
      JobId job = ((Submission.Accepted) videos.submit(Buyers.draft("a cat"))).job().id();

      time.advance(LEASE.multipliedBy(3));

      assertThat(other.claim(new Lease("another", time.now(), LEASE), job)).isFalse();
    }
  }
}
