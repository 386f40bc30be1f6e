package io.github.seedance4j.adapter.store;

import static io.github.seedance4j.adapter.store.Jobs.NOON;
import static io.github.seedance4j.adapter.store.Jobs.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy is whole, and never taken for the journal that it was made of. */
class SqliteBackupTest {

  private static final JournalOptions RESTORED = JournalOptions.defaults().forRestored();

  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir Path directory;

  @Test
  void copiesAJournalThatIsInUse() {
    Path copy = directory.resolve("copy.db");
    List<Job> before = new ArrayList<>();
    try (JdbcJobJournal journal = open("journal.db")) {
      for (int i = 0; i < 50; i++) {
        before.add(admitted(journal, holding("1.00")));
      }
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<List<Job>> meanwhile =
          CompletableFuture.supplyAsync(
              () -> {
                List<Job> jobs = new ArrayList<>();
                while (!stop.get()) {
                  jobs.add(admitted(journal, holding("1.00")));
                }
                return jobs;
              });
      journal.backup(copy);
      stop.set(true);
      List<Job> all = new ArrayList<>(before);
      all.addAll(meanwhile.join());

      try (JdbcJobJournal restored = JdbcJobJournal.sqlite(copy, RESTORED)) {
        List<Job> there = new ArrayList<>(restored.list(JobQuery.all()));
        Collections.reverse(there);
        assertThat(there.size()).isBetween(before.size(), all.size());
        assertThat(there)
            .extracting(Job::id)
            .isEqualTo(all.subList(0, there.size()).stream().map(Job::id).toList());
        assertThat(restored.spend(Instant.EPOCH, Money.usd("1").currency(), null).held())
            .isEqualTo(Money.usd("1.00").times(there.size()));
      }
      assertThat(journal.list(JobQuery.all())).hasSize(all.size());
    }
  }

  @Test
  void refusesToOpenACopyAsTheJournalItself() {
    Path copy = directory.resolve("copy.db");
    try (JdbcJobJournal journal = open("journal.db")) {
      admitted(journal, holding("1.00"));
      journal.backup(copy);
    }

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> JdbcJobJournal.sqlite(copy))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "this is a backup of 2026-11-22T12:00:00Z: it has forgotten what was submitted since,"
                  + " and would send again what was sent; open it as restored, so that jobs it was"
                  + " about to send become unknown outcomes");
    }
    JdbcJobJournal.sqlite(copy, RESTORED).close();
    JdbcJobJournal.sqlite(copy).close(); // restored once and for all
  }

  @Test
  void turnsWhatWasAboutToBeSentIntoUnknownOutcomes() {
    Path copy = directory.resolve("copy.db");
    List<Job> open = new ArrayList<>();
    List<Job> others = new ArrayList<>();
    try (JdbcJobJournal journal = open("journal.db")) {
      for (JobState state : JobState.values()) {
        Job job = admitted(journal, holding("1.00"));
        Job next = Jobs.submitted(job).change().version(2).state(state, NOON).done();
        journal.replace(next);
        boolean aboutToBeSent = state == JobState.INTENDED || state.isDue();
        (aboutToBeSent ? open : others).add(next);
        journal.told(job.id(), 2);
      }
      journal.backup(copy);
      assertThat(journal.find(open.get(0).id())).contains(open.get(0)); // only the copy's
    }

    try (JdbcJobJournal restored =
        JdbcJobJournal.opened(
            SqliteDatabase.open(copy, RESTORED, Clock.systemUTC()),
            RESTORED,
            Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC))) {
      assertThat(open).hasSize(3);
      for (Job job : open) {
        Job unknown = restored.find(job.id()).orElseThrow();
        assertThat(unknown.state()).isEqualTo(JobState.UNKNOWN);
        assertThat(unknown.version()).isEqualTo(3);
        assertThat(unknown.changedAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(unknown.note())
            .contains(
                "restored from a backup of 2026-11-22T12:00:00Z: it may have been sent since");
        assertThat(unknown.counted()).isEqualTo(job.counted());
      }
      for (Job job : others) {
        assertThat(restored.find(job.id())).contains(job);
      }
      assertThat(restored.claim(Jobs.lease("us"), Jobs.ACCOUNT, 100))
          .as("whoever listens is told of them")
          .extracting(Job::id)
          .containsAll(open.stream().map(Job::id).toList());
    }
  }

  /** What it tells happened before, and is true of jobs that it has. */
  @Test
  void keepsKeysAndAnswersAsTheyWere() {
    Path copy = directory.resolve("copy.db");
    TenantId acme = new TenantId("acme");
    AccessKey key = new AccessKey("key-0001", acme, Role.TENANT, 60, Set.of(), NOON, null);
    StoredAnswer answer = new StoredAnswer(200, "application/json", new byte[] {1, 2});
    ReplayStore.Entry done = new ReplayStore.Entry(acme, "order-1", DIGEST, "one", NOON, null);
    ReplayStore.Entry open = new ReplayStore.Entry(acme, "order-2", DIGEST, "one", NOON, null);
    try (JdbcJobJournal journal = open("journal.db")) {
      journal.accessKeys().add(key, DIGEST);
      journal.replays().take(done, NOON, NOON);
      journal.replays().take(open, NOON, NOON);
      journal.replays().answer(acme, "order-1", "one", answer);
      journal.backup(copy);
      journal.accessKeys().revoke(key.id(), NOON); // only here, and after it
    }

    try (JdbcJobJournal restored = JdbcJobJournal.sqlite(copy, RESTORED)) {
      assertThat(restored.accessKeys().findByDigest(DIGEST)).contains(key);
      assertThat(restored.replays().take(done, NOON, NOON))
          .get()
          .extracting(ReplayStore.Entry::answer)
          .isEqualTo(answer);
      assertThat(restored.replays().take(open, NOON, NOON)).contains(open);
      assertThat(restored.replays().take(open, NOON.plusSeconds(1), NOON))
          .as("taken over, once it lapsed")
          .isEmpty();
    }
  }

  @Test
  void overwritesNothingAndLeavesNoHalfOfACopy() throws Exception {
    Path there = Files.writeString(directory.resolve("there.db"), "somebody's");
    try (JdbcJobJournal journal = open("journal.db")) {
      assertThatThrownBy(() -> journal.backup(there))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("target: " + there + " is there already");
      assertThat(there).hasContent("somebody's");
      assertThatThrownBy(() -> journal.backup(directory.resolve("no/such/copy.db")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("can't be copied to");

      Path half = Files.createFile(directory.resolve("copy.db.part"));
      assertThatThrownBy(() -> journal.backup(directory.resolve("copy.db")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another copy is being made, or was broken off");
      Files.delete(half);

      Thread.currentThread().interrupt();
      journal.backup(directory.resolve("copy.db"));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(directory.toFile().list())
          .contains("copy.db")
          .doesNotContain("copy.db.part", "copy.db-journal", "copy.db.part-journal");
    }
  }

  private JdbcJobJournal open(String name) {
    Clock noon = Clock.fixed(NOON, ZoneOffset.UTC);
    JournalOptions options = JournalOptions.defaults();
    return JdbcJobJournal.opened(
        SqliteDatabase.open(directory.resolve(name), options, noon), options, noon);
  }

  private static Job admitted(JdbcJobJournal journal, Job job) {
    journal.admit(job, List.of(), "us");
    return job;
  }
}
