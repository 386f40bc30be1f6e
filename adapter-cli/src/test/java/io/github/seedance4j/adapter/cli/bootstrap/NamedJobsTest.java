package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedJobsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ProviderAccount ACCOUNT = new ProviderAccount("TokenHub", "u", "f");
  private static final Job MINE = job("job-mine0000");
  private static final Job OTHER = job("job-other000");

  private final InMemoryJobJournal all = new InMemoryJobJournal();

  private static Job job(String id) {
    return Job.intended(new JobId(id), ACCOUNT, GenerationDraft.builder().build(), NOW)
        .state(JobState.RUNNING, NOW)
        .taskId(new TaskId("task-of-" + id))
        .done();
  }

  private static Lease lease(String owner, Instant now) {
    return new Lease(owner, now, Duration.ofSeconds(30));
  }

  @BeforeEach
  void keepsTwoJobsOfSomebodyWhoIsGone() {
    all.admit(MINE, List.of(), "gone");
    all.admit(OTHER, List.of(), "gone");
  }

  @Test
  void takesOverOnlyWhatItNames() {
    NamedJobs journal = new NamedJobs(all, Set.of(MINE.id()));

    assertThat(journal.claim(lease("me", NOW), ACCOUNT, 10)).containsExactly(MINE);
    assertThat(journal.claim(lease("me", NOW), ACCOUNT, 10)).isEmpty();
    assertThat(all.claim(lease("you", NOW), ACCOUNT, 10)).containsExactly(OTHER);
  }

  @Test
  void asksAgainForWhatSomebodyElseHas() {
    all.claim(lease("you", NOW), MINE.id());
    NamedJobs journal = new NamedJobs(all, Set.of(MINE.id()));

    assertThat(journal.claim(lease("me", NOW), ACCOUNT, 10)).isEmpty();
    assertThat(journal.claim(lease("me", NOW.plusSeconds(31)), ACCOUNT, 10)).containsExactly(MINE);
  }

  @Test
  void refusesWhatItDoesNotName() {
    NamedJobs journal = new NamedJobs(all, Set.of(MINE.id()));

    assertThat(journal.claim(lease("me", NOW), OTHER.id())).isFalse();
    assertThat(journal.claim(lease("me", NOW.plusSeconds(31)), ACCOUNT, 10)).containsExactly(MINE);
    assertThat(all.claim(lease("you", NOW), OTHER.id())).isTrue();
  }

  /** A service that can't be sure of its claims asks for all that is unfinished. */
  @Test
  void leavesTheRestAloneAfterAClaimThatFailed() {
    AtomicBoolean fails = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    JobJournal shared =
        new ForwardingJournal(all) {
          @Override
          public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
            if (fails.getAndSet(false)) {
              failed.set(true);
              throw new RetryLaterException("a bad moment", null, null);
            }
            return super.claim(lease, account, limit);
          }

          @Override
          public boolean isShared() {
            return true;
          }
        };
    VirtualTime time = VirtualTime.at(NOW);
    try (VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(new Silent())
            .journal(new NamedJobs(shared, Set.of(MINE.id())))
            .executor(Runnable::run)
            .time(time)
            .build()) {
      fails.set(true);
      time.advance(Duration.ofMinutes(1));

      assertThat(failed).isTrue();
      assertThat(all.claim(lease("you", time.now()), MINE.id())).isFalse();
      assertThat(all.claim(lease("you", time.now()), OTHER.id())).isTrue();
      assertThat(videos.find(OTHER.id())).contains(OTHER);
    }
  }

  private static final class Silent implements VideoProvider, VideoFetcher {
    @Override
    public ProviderAccount account() {
      return ACCOUNT;
    }

    @Override
    public Create prepare(GenerationRequest request) {
      throw new AssertionError("nothing is to be sent");
    }

    @Override
    public VideoTask task(TaskId id) {
      throw new RetryLaterException("it says nothing", null, null);
    }

    @Override
    public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress) {
      throw new AssertionError("nothing is to be fetched");
    }
  }

  @Test
  void wantsWhatItsKeyBelongsToAlready() {
    all.admit(intended("job-first000"), List.of(), "you");
    all.claim(lease("you", NOW), ACCOUNT, 0);
    NamedJobs byKey = new NamedJobs(all, Set.of());
    NamedJobs byIntent = new NamedJobs(all, Set.of());

    Job first = byKey.findByKey("the key").orElseThrow();
    byIntent.admit(intended("job-second00"), List.of(), "me");

    Lease later = lease("me", NOW.plusSeconds(31));
    assertThat(byKey.claim(later, ACCOUNT, 10)).containsExactly(first);
    Lease muchLater = lease("me-too", NOW.plusSeconds(62));
    assertThat(byIntent.claim(muchLater, ACCOUNT, 10)).containsExactly(first);
  }

  private static Job intended(String id) {
    return Job.intended(new JobId(id), ACCOUNT, GenerationDraft.builder().build(), NOW)
        .idempotencyKey("the key")
        .done();
  }

  @Test
  void renewsWhatItHas() {
    NamedJobs journal = new NamedJobs(all, Set.of(MINE.id()));
    journal.claim(lease("me", NOW), ACCOUNT, 10);
    journal.claim(lease("me", NOW.plusSeconds(20)), ACCOUNT, 10);

    assertThat(all.claim(lease("you", NOW.plusSeconds(40)), MINE.id())).isFalse();
  }

  @Test
  void takesItsOwnBackUnderANewName() {
    NamedJobs journal = new NamedJobs(all, Set.of(MINE.id()));
    journal.claim(lease("me", NOW), ACCOUNT, 10);

    assertThat(journal.claim(lease("me-again", NOW.plusSeconds(31)), ACCOUNT, 10))
        .containsExactly(MINE);
  }

  @Test
  void leavesAnotherAccountsJobsAlone() {
    NamedJobs journal = new NamedJobs(all, Set.of(MINE.id()));
    ProviderAccount other = new ProviderAccount("TokenHub", "u", "another key");

    assertThat(journal.claim(lease("me", NOW), other, 10)).isEmpty();
  }
}
