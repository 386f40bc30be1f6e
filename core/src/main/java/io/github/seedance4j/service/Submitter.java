package io.github.seedance4j.service;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Assumption;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a paid create: judge, price, hold and record the intent, send once, record what
 * came of it. A create call happens only in {@link #send}, and only for a job whose journal says
 * {@link JobState#INTENDED} for this very attempt.
 */
final class Submitter {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j");
  private static final Duration BALANCE_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

  private final Pricing pricing;
  private final VideoProvider provider;
  private final JobJournal journal;
  private final Records records;
  private final OutcomeTable outcomes;
  private final Leases leases;
  private final Concurrency concurrency;
  private final List<Budget> budgets;
  private final Duration sendWithin;
  private final Supplier<JobId> ids;

  private volatile @Nullable Pause pause;

  private final Map<JobId, Unrecorded> unrecorded = new ConcurrentHashMap<>();

  /** Jobs between their intent and what came of it, in this process. */
  private final Set<JobId> sending = ConcurrentHashMap.newKeySet();

  /** What the journal is owed; an outcome of null for an intent that was never sent. */
  private record Unrecorded(Job sent, @Nullable SubmissionOutcome outcome) {}

  /**
   * What came of a submission.
   *
   * @param owner who looks after the job that it made; null if it made none
   */
  record Sent(Submission submission, @Nullable String owner) {}

  /** No submissions until then, since the account has no credit. */
  private record Pause(Instant until, ProviderFault fault) {}

  Submitter(
      Pricing pricing,
      VideoProvider provider,
      JobJournal journal,
      Records records,
      OutcomeTable outcomes,
      Leases leases,
      Concurrency concurrency,
      List<Budget> budgets,
      Duration sendWithin,
      Supplier<JobId> ids) {
    this.pricing = pricing;
    this.provider = provider;
    this.journal = journal;
    this.records = records;
    this.outcomes = outcomes;
    this.leases = leases;
    this.concurrency = concurrency;
    this.budgets = budgets;
    this.sendWithin = sendWithin;
    this.ids = ids;
  }

  Sent submit(GenerationDraft draft, SubmitOptions options) {
    Optional<Job> earlier = options.idempotencyKey().flatMap(journal::findByKey);
    if (earlier.isPresent()) {
      return nothingNew(replay(earlier.get(), draft));
    }
    Verdict verdict = pricing.verdict(draft);
    GenerationRequest request = verdict.request().orElse(null);
    if (request == null) {
      return nothingNew(
          new Submission.Refused(
              "The request breaks the rules.", verdict.violations(), null, null));
    }
    Quote quote = pricing.quote(request);
    // a prompt that may ask for a longer clip is worth what is held for it
    Money dearest =
        quote.assumptions().contains(Assumption.PROMPT_MAY_CHANGE_LENGTH)
            ? quote.hold()
            : quote.high();
    Money most = options.maxCost().orElse(dearest);
    if (dearest.isMoreThan(most)) {
      return nothingNew(
          new Submission.OverBudget(quote, most, "this submission's limit of " + most, null));
    }
    VideoProvider.Create create = provider.prepare(request);
    try (Concurrency.Place place = concurrency.enter()) {
      return admitAndSend(draft, options, quote, create, place);
    }
  }

  private Sent admitAndSend(
      GenerationDraft draft,
      SubmitOptions options,
      Quote quote,
      VideoProvider.Create create,
      Concurrency.Place place) {
    if (!options.wanted().getAsBoolean()) {
      return nothingNew(
          new Submission.Refused("It was not wanted any more.", List.of(), null, null));
    }
    Instant now = records.now();
    Pause paused = pause;
    if (paused != null && now.isBefore(paused.until())) {
      return nothingNew(
          new Submission.Refused(
              "Submissions pause for a minute, because the account has no credit.",
              List.of(),
              paused.fault(),
              null));
    }
    Job intended =
        Job.intended(ids.get(), provider.account(), draft, now)
            .strictness(pricing.strictness())
            .quote(quote)
            .idempotencyKey(options.idempotencyKey().orElse(null))
            .label(options.label().orElse(null))
            .clipTarget(options.clipTarget().orElse(null))
            .bodySha256(create.bodySha256())
            .attempts(1)
            .done();
    String owner = leases.owner();
    sending.add(intended.id());
    try {
      JobJournal.Admission admission = admit(intended, owner);
      if (admission instanceof JobJournal.Admission.Existing existing) {
        return nothingNew(replay(existing.job(), draft));
      }
      if (admission instanceof JobJournal.Admission.OverCap over) {
        return nothingNew(
            new Submission.OverBudget(quote, over.left(), over.budget().toString(), over.budget()));
      }
      records.tell(intended, null);
      return new Sent(asSubmission(send(intended, create, place)), owner);
    } finally {
      sending.remove(intended.id());
    }
  }

  private static Sent nothingNew(Submission submission) {
    return new Sent(submission, null);
  }

  /** An intent whose recording failed may be there all the same; it is never sent. */
  private JobJournal.Admission admit(Job intended, String owner) {
    try {
      return journal.admit(intended, budgets, owner);
    } catch (RuntimeException | Error e) {
      unrecorded.put(intended.id(), new Unrecorded(intended, null));
      throw e;
    }
  }

  /** Sends a job again that is certain not to have been charged; waits until that is recorded. */
  Job resend(Job due) {
    if (isTooLate(due)) {
      return withdraw(due, "could not be sent within " + sendWithin.toSeconds() + " s");
    }
    GenerationRequest request = pricing.request(due).orElse(null);
    if (request == null) {
      return withdraw(due, "the rules have changed and refuse it now");
    }
    VideoProvider.Create create = provider.prepare(request);
    Concurrency.Place place = concurrency.tryEnter().orElse(null);
    if (place == null) {
      return due; // its turn comes
    }
    sending.add(due.id());
    try (place) {
      // only whoever wrote this very version sends: somebody else's INTENDED looks just the same
      return records
          .advanceFrom(
              due,
              JobState.INTENDED,
              next -> next.attempts(due.attempts() + 1).bodySha256(create.bodySha256()))
          .map(intended -> send(intended, create, place))
          .orElseGet(() -> records.require(due.id()));
    } finally {
      sending.remove(due.id());
    }
  }

  /** Whether this very process is about to learn what became of it. */
  boolean isSending(JobId id) {
    return sending.contains(id);
  }

  /** Takes a create call whose sender was never heard of again for what it is: unknown. */
  Job giveUpOn(Job orphan) {
    return records.advance(
        orphan, JobState.UNKNOWN, next -> next.note("whoever sent it died before an answer"));
  }

  Job withdraw(Job due, String why) {
    return records.change(
        due.id(),
        current -> current.state() == due.state(),
        (current, next) -> // it may be due for a second time, after a charge that was agreed to
        next.state(JobState.WITHDRAWN, records.now()).note(why).bill(pricing.nothing(current)));
  }

  private Job send(Job intended, VideoProvider.Create create, Concurrency.Place place) {
    CreateReply reply;
    try {
      reply = create.send();
    } catch (RuntimeException | Error e) {
      // a provider that breaks its contract may have sent it: that is all we know
      reply = new CreateReply.Broken(CreateReply.Phase.SENT, "the provider adapter failed: " + e);
    }
    SubmissionOutcome outcome = outcomes.classify(reply);
    place.learn(outcome);
    try {
      return record(intended, outcome);
    } catch (RuntimeException | Error e) {
      // thrown, it would invite a second submission: it is kept here until the journal takes it
      LOG.log(System.Logger.Level.ERROR, "could not record of " + intended + ": " + outcome, e);
      unrecorded.put(intended.id(), new Unrecorded(intended, outcome));
      return intended
          .change()
          .state(JobState.UNKNOWN, records.now())
          .taskId(outcome instanceof SubmissionOutcome.Submitted taken ? taken.task() : null)
          .note("the journal could not record its outcome yet: " + outcome)
          .done();
    }
  }

  /** Whether the journal has not taken yet what came of a create call. */
  boolean owes(JobId id) {
    return unrecorded.containsKey(id);
  }

  /** Tries again to record what came of a create call; throws what the journal throws. */
  void recordAgain(JobId id) {
    Unrecorded owed = unrecorded.get(id);
    if (owed == null) {
      return;
    }
    SubmissionOutcome outcome = owed.outcome();
    if (outcome != null) {
      record(owed.sent(), outcome);
    } else if (records.find(id).isPresent()) {
      conclude(
          owed.sent(),
          JobState.WITHDRAWN,
          next -> next.note("never sent: the journal failed").bill(pricing.nothing(owed.sent())));
    }
    unrecorded.remove(id);
  }

  /** The jobs of which the journal is owed something. */
  List<Job> owed() {
    return unrecorded.values().stream().map(Unrecorded::sent).toList();
  }

  /** The last try. */
  void recordAll() {
    for (JobId id : unrecorded.keySet()) {
      try {
        recordAgain(id);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "lost with this process: " + unrecorded.get(id), e);
      }
    }
  }

  private Job record(Job sent, SubmissionOutcome outcome) {
    Instant now = records.now();
    if (outcome instanceof SubmissionOutcome.Submitted submitted) {
      return keep(sent, submitted.task(), now);
    }
    if (outcome instanceof SubmissionOutcome.Throttled throttled) {
      Duration asked = Optional.ofNullable(throttled.retryAfter()).orElse(Duration.ZERO);
      Duration least = backOff(sent);
      Duration wait = asked.compareTo(least) > 0 ? asked : least;
      return conclude(
          sent,
          JobState.THROTTLED,
          next -> next.fault(throttled.fault()).note("throttled").dueAt(now.plus(wait)));
    }
    if (outcome instanceof SubmissionOutcome.NotSent notSent) {
      return conclude(
          sent, JobState.NOT_SENT, next -> next.note(notSent.why()).dueAt(now.plus(backOff(sent))));
    }
    if (outcome instanceof SubmissionOutcome.Rejected rejected) {
      if (rejected.status() == 402 || rejected.fault().kind() == ProviderFault.Kind.BALANCE) {
        pause = new Pause(now.plus(BALANCE_PAUSE), rejected.fault());
      }
      return conclude(
          sent,
          JobState.REJECTED,
          next ->
              next.fault(rejected.fault())
                  .note("refused with status " + rejected.status())
                  .bill(pricing.nothing(sent)));
    }
    String why = ((SubmissionOutcome.Unknown) outcome).why();
    return conclude(sent, JobState.UNKNOWN, next -> next.note(why));
  }

  /** Whatever somebody made of the job meanwhile: a task id is never thrown away. */
  private Job keep(Job sent, TaskId task, Instant now) {
    Job kept =
        records
            .changeUnlessTaken(
                sent,
                current -> current.taskId().isEmpty(),
                (current, next) ->
                    next.state(JobState.SUBMITTED, now).taskId(task).bill(null).note(null))
            .orElse(null);
    if (kept == null) {
      // two jobs of one task would fetch one clip twice, and the other, paid for, never
      String owner =
          journal
              .findByTask(sent.account(), task)
              .map(job -> job.id().value())
              .orElse("another job");
      String odd = "the answer names task " + task + ", which is " + owner + "'s";
      return conclude(sent, JobState.UNKNOWN, next -> next.note(odd));
    }
    if (kept.taskId().equals(Optional.of(task))) {
      return kept;
    }
    String second = "the provider also made task " + task;
    LOG.log(System.Logger.Level.WARNING, kept + ": " + second);
    return records.change(kept.id(), current -> true, (current, next) -> next.note(second));
  }

  /**
   * Only for the attempt that it is the answer to: a later one may be under way by now. Who took it
   * for unknown meanwhile, because no answer came, learns better.
   */
  private Job conclude(Job sent, JobState state, Consumer<Job.Change> change) {
    return records.change(
        sent.id(),
        current ->
            (current.state() == JobState.INTENDED || current.state() == JobState.UNKNOWN)
                && current.attempts() == sent.attempts()
                && current.authorisations() == sent.authorisations(),
        (current, next) -> change.accept(next.state(state, records.now())));
  }

  private Submission replay(Job job, GenerationDraft draft) {
    if (!job.isPurged() && !job.draft().equals(draft)) {
      return new Submission.Refused(
          "The idempotency key belongs to another request, " + job.id() + ".",
          List.of(),
          null,
          job);
    }
    return asSubmission(job);
  }

  private static Submission asSubmission(Job job) {
    return switch (job.state()) {
      case UNKNOWN -> new Submission.Unknown(job);
      case REJECTED ->
          new Submission.Refused(
              "The provider refused it: " + job.reason().orElse("no reason given"),
              List.of(),
              job.fault().orElse(null),
              job);
      default -> new Submission.Accepted(job);
    };
  }

  private boolean isTooLate(Job due) {
    return Duration.between(due.authorisedAt(), records.now()).compareTo(sendWithin) > 0;
  }

  private static Duration backOff(Job job) {
    Duration wait = Duration.ofSeconds(1L << Math.min(job.attempts() - 1, 5));
    return wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
  }
}
