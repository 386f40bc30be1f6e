package io.github.seedance4j.adapter.store;

import static io.github.seedance4j.adapter.store.Jobs.NOON;
import static io.github.seedance4j.adapter.store.Jobs.holding;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.pricing.Money;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other processes on the same file: real ones, and killed as a system kills. */
class SqliteProcessesTest {

  @TempDir Path directory;

  @Test
  void losesNothingOfWhatAKilledProcessHadAcknowledged() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path file = directory.resolve("journal.db");
    Set<String> acknowledged = new HashSet<>();
    JdbcJobJournal.sqlite(file).close(); // its tables are made once
    for (int round = 0; round < 4; round++) {
      try (JournalProcess recorder = JournalProcess.start("record", file)) {
        for (int words = 1 + random.nextInt(200); words > 0; words--) {
          acknowledged.add(recorder.word());
        }
        acknowledged.addAll(recorder.kill());
      }
      try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
        List<Job> there = journal.list(JobQuery.all());
        assertThat(there)
            .as("seed %d, round %d", seed, round)
            .filteredOn(job -> job.state() == JobState.SUBMITTED)
            .extracting(job -> job.id().value())
            .containsAll(acknowledged);
        assertThat(journal.spend(Instant.EPOCH, Money.usd("1").currency(), null).held())
            .isEqualTo(Money.usd("1.00").times(there.size()));
      }
    }
  }

  @Test
  void endsTheLeaseOfAKilledProcessAtOnce() throws Exception {
    Path file = directory.resolve("journal.db");
    Lease ours = new Lease("us", NOON.plusSeconds(1), Duration.ofSeconds(30));
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
      Job job = holding("1.00");
      journal.admit(job, List.of(), "whoever was here before");
      try (JournalProcess other = JournalProcess.start("lease", file)) {
        assertThat(other.word()).isEqualTo("1");
        assertThat(journal.claim(ours, Jobs.ACCOUNT, 10)).as("it lives").isEmpty();
        assertThat(journal.claim(ours, job.id())).isFalse();

        other.kill();
        assertThat(journal.claim(ours, Jobs.ACCOUNT, 10)).as("it is dead").containsExactly(job);
      }
      try (Stream<Path> owners = Files.list(directory.resolve("journal.db-owners"))) {
        assertThat(owners).as("ours is left").hasSize(1);
      }
    }
    try (Stream<Path> owners = Files.list(directory.resolve("journal.db-owners"))) {
      assertThat(owners).isEmpty();
    }
  }

  @Test
  void keepsACapAcrossProcesses() throws Exception {
    Path file = directory.resolve("journal.db");
    List<JournalProcess> processes = new ArrayList<>();
    List<String> admitted = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) { // all begin with a file that isn't there
        processes.add(JournalProcess.start("spend", file));
      }
      for (JournalProcess process : processes) {
        admitted.addAll(process.end());
      }
    } finally {
      processes.forEach(JournalProcess::close);
    }

    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(file)) {
      assertThat(admitted).hasSize(40);
      assertThat(journal.list(JobQuery.all()))
          .extracting(Job::id)
          .extracting(JobId::value)
          .containsExactlyInAnyOrderElementsOf(admitted);
    }
  }
}
