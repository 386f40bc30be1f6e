package io.github.seedance4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.SeveralAccounts;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.InMemoryProvider;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is replaced while work goes on: every job keeps to its own, and is charged once. */
class SeveralAccountsTest {

  private static final Duration LONG = Duration.ofHours(1);

  /** Which key a task was created with, and which ones it was asked for with. */
  private record Asked(String key, String task) {}

  @TempDir Path directory;

  private final VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
  private final List<Asked> created = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final AtomicInteger journalCloses = new AtomicInteger();
  private FakeTokenHub hub;

  @BeforeEach
  void startsAFake() {
    hub = FakeTokenHub.builder().clock(time.clock()).pace(Pace.of(Duration.ofMinutes(5))).start();
  }

  @AfterEach
  void endsIt() {
    hub.close();
  }

  /** A key of the fake's, watched. */
  private final class Key implements VideoProvider, VideoFetcher {
    private final String key;
    private final InMemoryProvider inside;

    private Key(String key) {
      this.key = key;
      this.inside = hub.provider("th-" + key);
    }

    @Override
    public ProviderAccount account() {
      return inside.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      Create create = inside.prepare(request);
      return new Create() {
        @Override
        public String bodySha256() {
          return create.bodySha256();
        }

        @Override
        public CreateReply send() {
          CreateReply reply = create.send();
          created.add(new Asked(key, hub.tasks().get(hub.tasks().size() - 1).id()));
          return reply;
        }
      };
    }

    @Override
    public VideoTask task(TaskId id) {
      asked.add(new Asked(key, id.value()));
      return inside.task(id);
    }

    @Override
    public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress)
        throws IOException {
      return inside.fetch(url, target, progress);
    }

    @Override
    public void close() {
      closed.add(key);
      inside.close();
    }
  }

  private final class Counted extends ForwardingJournal {
    private Counted() {
      super(new InMemoryJobJournal());
    }

    @Override
    public void close() {
      journalCloses.incrementAndGet();
      super.close();
    }
  }

  private List<Key> keys(String... names) {
    return List.of(names).stream().map(Key::new).toList();
  }

  private SeveralAccounts open(String... names) {
    return open(new Counted(), names);
  }

  private SeveralAccounts open(JobJournal journal, String... names) {
    return SeveralAccounts.on(journal, this::service, keys(names));
  }

  private VideoGeneration service(VideoProvider provider, JobJournal journal) {
    return VideoGenerationService.builder()
        .provider(provider)
        .journal(journal)
        .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
        .executor(Runnable::run)
        .time(time)
        .build();
  }

  private static GenerationDraft draft(String prompt) {
    return GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt(prompt).build();
  }

  private static Job submitted(VideoGeneration videos, String prompt) {
    return Stage.jobOf(videos.submit(draft(prompt)));
  }

  private void assertEachWasAskedForUnderItsOwnKey() {
    assertThat(asked).isNotEmpty().allSatisfy(one -> assertThat(created).contains(one));
  }

  @Test
  void makesNewWorkWithTheNewKeyAndEndsTheOldUnderItsOwn() {
    try (SeveralAccounts videos = open("old")) {
      Job before = submitted(videos, "a cat");
      time.advance(Duration.ofMinutes(1));

      videos.use(keys("new", "old"));
      Job after = submitted(videos, "a dog");
      assertThat(after.account()).isNotEqualTo(before.account());
      var waiting =
          List.of(videos.awaitAsync(before.id(), LONG), videos.awaitAsync(after.id(), LONG));
      time.advance(Duration.ofMinutes(20));

      assertThat(waiting)
          .allSatisfy(job -> assertThat(job.join().state()).isEqualTo(JobState.STORED));
      assertThat(created).extracting(Asked::key).containsExactly("old", "new");
      assertEachWasAskedForUnderItsOwnKey();
      assertThat(hub.ledger().charges()).hasSize(2);
      assertThat(videos.list(JobQuery.all())).hasSize(2);
    }
    assertThat(journalCloses).hasValue(1);
    assertThat(closed).containsExactlyInAnyOrder("old", "old", "new");
  }

  @Test
  void keepsAKeyThatIsNamedNoMoreUntilItsJobsHaveEnded() {
    try (SeveralAccounts videos = open("old")) {
      Job before = submitted(videos, "a cat");

      videos.use(keys("new"));
      assertThat(videos.letGo()).isEmpty();
      assertThat(videos.accounts()).hasSize(2).last().isEqualTo(before.account());

      time.advance(Duration.ofMinutes(20));
      assertThat(videos.find(before.id()).map(Job::state)).contains(JobState.STORED);
      assertThat(videos.letGo()).containsExactly(before.account());
      assertThat(closed).containsExactly("old");
      assertThat(videos.accounts()).hasSize(1);
      assertThat(submitted(videos, "a dog").account()).isNotEqualTo(before.account());
    }
    assertEachWasAskedForUnderItsOwnKey();
    assertThat(closed).containsExactly("old", "new");
    assertThat(journalCloses).hasValue(1);
  }

  @Test
  void keepsWhatItHasWhenANewKeyCantBeTakenUp() {
    AtomicInteger services = new AtomicInteger();
    SeveralAccounts videos =
        SeveralAccounts.on(
            new Counted(),
            (provider, journal) -> {
              if (services.incrementAndGet() == 3) {
                throw new IllegalStateException("the journal is away");
              }
              return service(provider, journal);
            },
            keys("old"));
    try (videos) {
      ProviderAccount old = videos.accounts().get(0);

      assertThatThrownBy(() -> videos.use(keys("new", "newer", "newest")))
          .hasMessage("the journal is away");

      assertThat(videos.accounts()).containsExactly(old);
      assertThat(closed).containsExactlyInAnyOrder("new", "newer", "newest");
      assertThat(submitted(videos, "a cat").account()).isEqualTo(old);
    }
  }

  @Test
  void keepsAKeyForAnOutcomeThatIsUnknownYet() {
    try (SeveralAccounts videos = open("old")) {
      hub.next().chargedThenReset();
      Job unknown = submitted(videos, "a cat");
      assertThat(unknown.state()).isEqualTo(JobState.UNKNOWN);

      videos.use(keys("new"));
      assertThat(videos.letGo()).isEmpty();
      TaskId task = new TaskId(hub.tasks().get(0).id());
      videos.resolve(unknown.id(), new OutcomeResolution.Attach(task));
      time.advance(Duration.ofMinutes(20));

      assertThat(videos.find(task).map(Job::state)).contains(JobState.STORED);
      assertEachWasAskedForUnderItsOwnKey();
      assertThat(videos.letGo()).hasSize(1);
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void sendsAnUnknownOutcomeAgainUnderItsOwnKeyOrNotAtAll() {
    Counted journal = new Counted();
    SubmitOptions order = SubmitOptions.idempotencyKey("order-1");
    Job unknown;
    try (SeveralAccounts videos = open(journal, "old")) {
      hub.next().chargedThenReset();
      unknown = Stage.jobOf(videos.submit(draft("a cat"), order));
      videos.use(keys("new", "old"));
      // asked again under its key, the answer is that job, and nothing goes out under either key
      assertThat(Stage.jobOf(videos.submit(draft("a cat"), order)).id()).isEqualTo(unknown.id());
      assertThat(created).hasSize(1);
    }
    try (SeveralAccounts videos = open(journal, "new")) {
      OutcomeResolution again = new OutcomeResolution.ResubmitAcceptingSecondCharge();
      assertThatThrownBy(() -> videos.resolve(unknown.id(), again))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              unknown.id()
                  + " belongs to an account whose key is not here; it can't be sent again");
      assertThat(videos.find(unknown.id()).map(Job::state)).contains(JobState.UNKNOWN);

      videos.use(keys("new", "old"));
      videos.resolve(unknown.id(), again);
      time.advance(Duration.ofMinutes(20));
      assertThat(videos.find(unknown.id()).map(Job::state)).contains(JobState.STORED);
    }
    assertThat(created).extracting(Asked::key).containsExactly("old", "old");
    assertEachWasAskedForUnderItsOwnKey();
  }

  @Test
  void takesUpAfterARestartWhatEachKeyLeft() {
    Counted journal = new Counted();
    Job first;
    Job second;
    try (SeveralAccounts videos = open(journal, "old")) {
      first = submitted(videos, "a cat");
      videos.use(keys("new", "old"));
      second = submitted(videos, "a dog");
    }
    try (SeveralAccounts videos = open(journal, "new", "old")) {
      time.advance(Duration.ofMinutes(20));

      assertThat(List.of(first, second))
          .allSatisfy(
              job -> assertThat(videos.find(job.id()).map(Job::state)).contains(JobState.STORED));
    }
    assertEachWasAskedForUnderItsOwnKey();
    assertThat(hub.ledger().charges()).hasSize(2);
  }

  @Test
  void refusesToBeWithoutAnAccountAndTakesUpNoneOnceClosed() {
    SeveralAccounts videos = open("one", "one");
    assertThat(videos.accounts()).hasSize(1);
    assertThat(closed).containsExactly("one");
    assertThatThrownBy(() -> videos.use(List.of())).isInstanceOf(IllegalArgumentException.class);

    videos.close();
    videos.close();
    assertThatThrownBy(() -> videos.use(keys("late"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> videos.submit(draft("a cat")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("one", "one", "late");
    assertThat(journalCloses).hasValue(1);
    assertThat(Optional.of(videos.letGo())).contains(List.of());
  }
}
