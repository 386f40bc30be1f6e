package io.github.seedance4j.job;

import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our record of one paid generation, from the intent before the create call to the stored clip and
 * its bill. Immutable: each change is a new version, made with {@link #change()}.
 */
public final class Job {

  private static final Duration LINK_LIFE = Duration.ofHours(24);
  private static final GenerationDraft NOTHING = GenerationDraft.builder().build();

  private final JobId id;
  private final long version;
  private final JobState state;
  private final ProviderAccount account;
  private final GenerationDraft draft;
  private final Strictness strictness;
  private final @Nullable Quote quote;
  private final Instant createdAt;
  private final Instant changedAt;
  private final @Nullable String idempotencyKey;
  private final @Nullable String label;
  private final @Nullable Path clipTarget;
  private final @Nullable String bodySha256;
  private final int authorisations;
  private final Instant authorisedAt;
  private final int attempts;
  private final @Nullable Instant dueAt;
  private final @Nullable TaskId taskId;
  private final @Nullable VideoTask task;
  private final @Nullable ProviderFault fault;
  private final @Nullable String note;
  private final @Nullable Clip clip;
  private final @Nullable Bill bill;

  private Job(Change change) {
    this.id = change.id;
    this.version = change.version;
    this.state = change.state;
    this.account = change.account;
    this.draft = change.draft;
    this.strictness = change.strictness;
    this.quote = change.quote;
    this.createdAt = change.createdAt;
    this.changedAt = change.changedAt;
    this.idempotencyKey = change.idempotencyKey;
    this.label = change.label;
    this.clipTarget = change.clipTarget;
    this.bodySha256 = change.bodySha256;
    this.authorisations = change.authorisations;
    this.authorisedAt = change.authorisedAt;
    this.attempts = change.attempts;
    this.dueAt = change.dueAt;
    this.taskId = change.taskId;
    this.task = change.task;
    this.fault = change.fault;
    this.note = change.note;
    this.clip = change.clip;
    this.bill = change.bill;
  }

  /** A new job, {@link JobState#INTENDED}, at version 1. */
  public static Change intended(
      JobId id, ProviderAccount account, GenerationDraft draft, Instant now) {
    return new Change(id, account, draft, now);
  }

  public JobId id() {
    return id;
  }

  /** Grows by one with each change; a journal refuses a change of a version that is not its own. */
  public long version() {
    return version;
  }

  public JobState state() {
    return state;
  }

  public ProviderAccount account() {
    return account;
  }

  /** What was asked for; empty for a task that was made elsewhere. */
  public GenerationDraft draft() {
    return draft;
  }

  /** How the draft was judged. */
  public Strictness strictness() {
    return strictness;
  }

  /** The price before it was sent; empty for a task that was made elsewhere. */
  public Optional<Quote> quote() {
    return Optional.ofNullable(quote);
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant changedAt() {
    return changedAt;
  }

  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  /** Whose it is, or what for: caps and lists can be kept to one label. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** Where whoever asked for it wants the clip. */
  public Optional<Path> clipTarget() {
    return Optional.ofNullable(clipTarget);
  }

  /** Lower-case hex of the digest of the body that is sent, known before it is sent. */
  public Optional<String> bodySha256() {
    return Optional.ofNullable(bodySha256);
  }

  /** How many charges somebody agreed to: 1, and one more for each resubmission. */
  public int authorisations() {
    return authorisations;
  }

  /** When somebody last agreed to a charge; decides on the period that it counts in. */
  public Instant authorisedAt() {
    return authorisedAt;
  }

  /** How many create calls were begun. */
  public int attempts() {
    return attempts;
  }

  /** When it is to be sent again. */
  public Optional<Instant> dueAt() {
    return Optional.ofNullable(dueAt);
  }

  public Optional<TaskId> taskId() {
    return Optional.ofNullable(taskId);
  }

  /** What the provider last said of the task. */
  public Optional<VideoTask> task() {
    return Optional.ofNullable(task);
  }

  /** Why the provider refused or failed it. */
  public Optional<ProviderFault> fault() {
    return Optional.ofNullable(fault);
  }

  /** What happened last that a person should know, in English. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  /** Why it stands where it stands, in the provider's words or else in ours. */
  public Optional<String> reason() {
    return fault().map(ProviderFault::text).or(this::note);
  }

  public Optional<Clip> clip() {
    return Optional.ofNullable(clip);
  }

  /** What it cost; empty as long as its price is held. */
  public Optional<Bill> bill() {
    return Optional.ofNullable(bill);
  }

  /** What counts against a budget: the bill, else the hold for every charge that was agreed to. */
  public Optional<Money> counted() {
    if (bill != null) {
      return Optional.of(bill.amount());
    }
    return quote().map(Quote::hold).map(hold -> hold.times(authorisations));
  }

  /** By how much the bill is more than what was held for it. */
  public Optional<Money> excess() {
    Money held = quote().map(Quote::hold).map(hold -> hold.times(authorisations)).orElse(null);
    return bill()
        .map(Bill::amount)
        .filter(amount -> held != null && amount.isMoreThan(held))
        .map(amount -> amount.minus(Objects.requireNonNull(held)));
  }

  /**
   * When the provider's link to a clip that waits to be fetched dies, at the latest: a day after
   * the success was first seen, as upstream says of its links.
   */
  public Optional<Instant> linkDiesAt() {
    return state == JobState.SUCCEEDED && clip == null
        ? Optional.of(changedAt.plus(LINK_LIFE))
        : Optional.empty();
  }

  /** Whether what was asked for was forgotten on purpose: only ids and money are left. */
  public boolean isPurged() {
    boolean adopted = quote == null; // nobody asked for it here
    boolean forgotten = !adopted || (state.isEnded() && task == null && clip == null);
    return forgotten && draft.equals(NOTHING);
  }

  /** Begins the next version of this job. */
  public Change change() {
    return new Change(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Job that && id.equals(that.id) && version == that.version;
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, version);
  }

  /** Such as {@code job-… RUNNING task …}: no prompt, no URL. */
  @Override
  public String toString() {
    return id + " " + state + (taskId == null ? "" : " task " + taskId);
  }

  /** Collects what is different in the next version. Also how a journal restores a job. */
  public static final class Change {
    private final JobId id;
    private final ProviderAccount account;
    private final Instant createdAt;
    private GenerationDraft draft;
    private long version;
    private JobState state = JobState.INTENDED;
    private Strictness strictness = Strictness.STRICT;
    private @Nullable Quote quote;
    private Instant changedAt;
    private @Nullable String idempotencyKey;
    private @Nullable String label;
    private @Nullable Path clipTarget;
    private @Nullable String bodySha256;
    private int authorisations = 1;
    private Instant authorisedAt;
    private int attempts;
    private @Nullable Instant dueAt;
    private @Nullable TaskId taskId;
    private @Nullable VideoTask task;
    private @Nullable ProviderFault fault;
    private @Nullable String note;
    private @Nullable Clip clip;
    private @Nullable Bill bill;

    private Change(JobId id, ProviderAccount account, GenerationDraft draft, Instant now) {
      this.id = Objects.requireNonNull(id, "id");
      this.account = Objects.requireNonNull(account, "account");
      this.draft = Objects.requireNonNull(draft, "draft");
      this.createdAt = Objects.requireNonNull(now, "now");
      this.changedAt = now;
      this.authorisedAt = now;
      this.version = 1;
    }

    private Change(Job job) {
      this(job.id, job.account, job.draft, job.createdAt);
      version = job.version + 1;
      state = job.state;
      strictness = job.strictness;
      quote = job.quote;
      changedAt = job.changedAt;
      idempotencyKey = job.idempotencyKey;
      label = job.label;
      clipTarget = job.clipTarget;
      bodySha256 = job.bodySha256;
      authorisations = job.authorisations;
      authorisedAt = job.authorisedAt;
      attempts = job.attempts;
      dueAt = job.dueAt;
      taskId = job.taskId;
      task = job.task;
      fault = job.fault;
      note = job.note;
      clip = job.clip;
      bill = job.bill;
    }

    public Change version(long version) {
      this.version = version;
      return this;
    }

    /** Where it stands now; it is due no more, unless {@link #dueAt} says so after this. */
    public Change state(JobState state, Instant now) {
      this.state = state;
      this.changedAt = now;
      this.dueAt = null;
      return this;
    }

    /** For those who keep many jobs: the same request without what makes it large. */
    public Change draft(GenerationDraft draft) {
      this.draft = Objects.requireNonNull(draft, "draft");
      return this;
    }

    public Change strictness(Strictness strictness) {
      this.strictness = strictness;
      return this;
    }

    public Change quote(@Nullable Quote quote) {
      this.quote = quote;
      return this;
    }

    public Change idempotencyKey(@Nullable String idempotencyKey) {
      this.idempotencyKey = idempotencyKey;
      return this;
    }

    public Change label(@Nullable String label) {
      this.label = label;
      return this;
    }

    public Change clipTarget(@Nullable Path clipTarget) {
      this.clipTarget = clipTarget;
      return this;
    }

    public Change bodySha256(@Nullable String bodySha256) {
      this.bodySha256 = bodySha256;
      return this;
    }

    public Change authorisations(int authorisations) {
      this.authorisations = authorisations;
      return this;
    }

    public Change authorisedAt(Instant authorisedAt) {
      this.authorisedAt = authorisedAt;
      return this;
    }

    public Change attempts(int attempts) {
      this.attempts = attempts;
      return this;
    }

    public Change dueAt(@Nullable Instant dueAt) {
      this.dueAt = dueAt;
      return this;
    }

    public Change taskId(@Nullable TaskId taskId) {
      this.taskId = taskId;
      return this;
    }

    public Change task(@Nullable VideoTask task) {
      this.task = task;
      return this;
    }

    public Change fault(@Nullable ProviderFault fault) {
      this.fault = fault;
      return this;
    }

    public Change note(@Nullable String note) {
      this.note = note;
      return this;
    }

    public Change clip(@Nullable Clip clip) {
      this.clip = clip;
      return this;
    }

    /** Settles the job, which releases its hold; null holds the price again. */
    public Change bill(@Nullable Bill bill) {
      this.bill = bill;
      return this;
    }

    /** Forgets prompt, addresses and clip; what it cost and which ids it had is kept. */
    public Change purge() {
      draft = NOTHING;
      task = null;
      clip = null;
      clipTarget = null; // often named by the prompt
      note = "purged";
      return this;
    }

    public Job done() {
      return new Job(this);
    }
  }
}
