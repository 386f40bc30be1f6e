package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.JobJournal.Admission;
import io.github.seedance4j.pricing.Assumption;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.FailedTasks;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Terms;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs to put into a journal, each with an id of its own. */
final class JournalJobs {

  static final Currency USD = Currency.getInstance("USD");
  static final int THREADS = 8;
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static final Set<JobState> HAVE_A_TASK =
      EnumSet.of(JobState.SUBMITTED, JobState.RUNNING, JobState.SUCCEEDED, JobState.STORED);
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  static final ProviderAccount ACCOUNT =
      new ProviderAccount("Scripted", "https://provider.example/v1", "f00d");

  private JournalJobs() {}

  /** A new job that holds this much, and is expected to cost less. */
  static Job holding(Money hold) {
    return holding(hold, NOON);
  }

  static Job holding(Money hold, Instant created) {
    return intended(created).quote(quote(hold)).done();
  }

  /** A new job that holds a dollar amount, made under a key. */
  static Job keyed(String key, String dollars) {
    return intended(NOON).quote(quote(Money.usd(dollars))).idempotencyKey(key).done();
  }

  /** A task that was made elsewhere: it has no price. */
  static Job adopted(String task) {
    return intended(NOON)
        .authorisations(0)
        .state(JobState.SUBMITTED, NOON)
        .taskId(new TaskId(task))
        .done();
  }

  /** A lease that begins, and then lasts, that many seconds after noon. */
  static Lease lease(String owner, int begins, int lasts) {
    return new Lease(owner, NOON.plusSeconds(begins), Duration.ofSeconds(lasts));
  }

  /** A new job of that label that holds a dollar amount. */
  static Job labelled(String label, String dollars) {
    return holding(Money.usd(dollars)).change().version(1).label(label).done();
  }

  /** What becomes of a job that the provider took under that id. */
  static Job sent(Job job, String task) {
    return job.change().state(JobState.SUBMITTED, NOON).taskId(new TaskId(task)).done();
  }

  /** Somebody agrees to one more charge for a job. */
  static Job resubmitted(Job job, Instant now) {
    return job.change()
        .state(JobState.INTENDED, now)
        .authorisations(job.authorisations() + 1)
        .authorisedAt(now)
        .done();
  }

  static Job inState(JobState state, Instant created) {
    return moved(intended(created).done(), state, created).version(1).done();
  }

  /** The next version of a job, in that state: with a task, if no job is in that state without. */
  static Job.Change moved(Job job, JobState state, Instant now) {
    Job.Change next = job.change().state(state, now);
    return job.taskId().isEmpty() && HAVE_A_TASK.contains(state)
        ? next.taskId(new TaskId("of-" + job.id()))
        : next;
  }

  static Bill bill(String dollars) {
    return new Bill(Money.usd(dollars), Bill.Basis.COMPUTED);
  }

  private static Job.Change intended(Instant created) {
    return intended(ACCOUNT, created);
  }

  /** A new job at that account, without a price. */
  static Job.Change intended(ProviderAccount account, Instant created) {
    JobId id = nextId();
    GenerationDraft draft =
        GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("cat " + id).build();
    return Job.intended(id, account, draft, created);
  }

  private static JobId nextId() {
    return new JobId(String.format("job-%08d", NUMBERS.incrementAndGet()));
  }

  private static Quote quote(Money hold) {
    Money expected = new Money(hold.amount().movePointLeft(1), hold.currency());
    Money nothing = Money.zero(hold.currency());
    return new Quote(
        expected,
        expected,
        hold,
        List.of(),
        List.of(),
        LocalDate.of(2026, 11, 1),
        new Terms(BigDecimal.ONE, true, nothing, nothing, true, FailedTasks.UNCONFIRMED));
  }

  /** The first version of a job of which nothing is left out. */
  static Job full() {
    GenerationDraft draft =
        GenerationDraft.read(
            Map.of(
                "model",
                "doubao-seedance-2.0",
                "prompt",
                "a dog 🐕 läuft, \"quoted\" \\ and\nbroken",
                "duration",
                new BigDecimal("7.5"),
                "video_urls",
                List.of("https://x.example/v.mp4"),
                "seed",
                new BigDecimal("42")),
            Set.of("seed"));
    Quote.Line line =
        new Quote.Line(
            "input video",
            new BigDecimal("2"),
            new BigDecimal("15.2"),
            Money.usd("0.40"),
            Money.usd("3.04"));
    Quote quote =
        new Quote(
            Money.usd("1.90"),
            Money.usd("4.54"),
            Money.usd("4.548334"),
            List.of(line),
            List.of(Assumption.OUTPUT_AS_ASKED, Assumption.INPUT_LENGTH_UNKNOWN),
            LocalDate.of(2026, 11, 1),
            new Terms(
                new BigDecimal("0.1512"),
                false,
                Money.usd("1.134"),
                Money.usd("3.040001"),
                false,
                FailedTasks.FULL));
    return Job.intended(nextId(), ACCOUNT, draft, NOON)
        .strictness(Strictness.RELAXED)
        .quote(quote)
        .idempotencyKey("order 7/ä")
        .label("Müller & \"Söhne\" 100%")
        .clipTarget(Path.of("/out", "ein Hund 🐕.mp4"))
        .bodySha256("0123456789abcdef".repeat(4))
        .authorisations(2)
        .authorisedAt(NOON.plusSeconds(1))
        .attempts(3)
        .dueAt(NOON.plusMillis(1_500))
        .note("waiting for its turn")
        .done();
  }

  /** What becomes of it: a task with that state, and all that can be known at the end. */
  static Job ended(Job job, TaskState state) {
    return job.change()
        .state(JobState.STORED, NOON.plusSeconds(60))
        .taskId(new TaskId("cgt-2026~" + state.word()))
        .task(
            new VideoTask(
                new TaskId("cgt-2026~" + state.word()), state, "seedance", NOON.plusSeconds(2)))
        .fault(new ProviderFault(ProviderFault.Kind.OUTPUT_AUDIO, "OutputAudio…", "no", "req-1"))
        .note("it is over")
        .clip(new Clip(Path.of("clips", "a b.mp4"), 5L << 30, "c1", new ClipLength(121, 24)))
        .bill(new Bill(Money.usd("2.016667"), Bill.Basis.UNCONFIRMED))
        .done();
  }

  /** Every kind of state that a task can be in. */
  static List<TaskState> taskStates() {
    return List.of(
        new TaskState.Queued(),
        new TaskState.Running(),
        new TaskState.Succeeded(
            new GeneratedVideo("https://clips.example/a?sig=1&b", null, new BigDecimal("5"))),
        new TaskState.Succeeded(new GeneratedVideo(null, "https://clips.example/cover", null)),
        new TaskState.Failed(new ProviderFault(ProviderFault.Kind.OTHER, null, null, null)),
        new TaskState.Cancelled(),
        new TaskState.Expired(),
        new TaskState.Unrecognised("Archived"));
  }

  /** The job that an intent became, or had become before. */
  static Job jobOf(Admission answer) {
    return answer instanceof Admission.Existing existing
        ? existing.job()
        : ((Admission.Admitted) answer).job();
  }

  /** A job is equal to another by id and version alone; this compares all its parts. */
  static void isSame(Job job, Job expected) {
    assertThat(job).usingRecursiveComparison().usingOverriddenEquals().isEqualTo(expected);
  }

  /** All that the journal counts in dollars. */
  static Spend spent(JobJournal journal) {
    return journal.spend(Instant.EPOCH, USD, null);
  }

  /** What was computed by the tariff, and what is held. */
  static Spend spend(String computed, String held) {
    Money nothing = Money.zero(USD);
    return new Spend(Money.usd(computed), nothing, nothing, Money.usd(held));
  }

  /** Admits a job that nobody looks after: its owner has no lease. */
  static Admission admit(JobJournal journal, Job job, Budget... caps) {
    return journal.admit(job, List.of(caps), "nobody");
  }
}
