package io.github.seedance4j.service;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes every job from where it stands to its end: sends it again while that is safe, asks for its
 * task, fetches its clip, settles it. One timer for all; each job has at most one step under way,
 * and a failed step is tried again, however often, since a paid clip is at stake.
 */
final class Follower {

  /** Failures in a row after which whoever waits is told; following goes on. */
  private static final int PATIENCE = 5;

  /** Before a job asks again for a place among the create calls. */
  private static final Duration NEXT_TURN = Duration.ofMillis(500);

  /** Jobs taken over in one go. */
  private static final int HANDFUL = 500;

  /** Between two tries to fetch a clip at most, however long they have failed. */
  private static final Duration RARELY = Duration.ofHours(1);

  /** Before a step is offered again to an executor that had no room for it. */
  private static final Duration NO_ROOM = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j");

  private final ProviderAccount account;
  private final Steps steps;
  private final Submitter submitter;
  private final Leases leases;
  private final Gate gate;
  private final Records records;
  private final Waiters waiters;
  private final PollPlan plan;
  private final PollRate rate;
  private final Timekeeper time;
  private final Ambient.Workers calls;
  private final Ambient.Workers downloads;
  private final Map<JobId, Pursuit> pursuits = new ConcurrentHashMap<>();

  Follower(
      ProviderAccount account,
      Steps steps,
      Submitter submitter,
      Leases leases,
      Gate gate,
      Records records,
      Waiters waiters,
      PollPlan plan,
      Timekeeper time,
      Ambient.Workers calls,
      Ambient.Workers downloads) {
    this.account = account;
    this.steps = steps;
    this.submitter = submitter;
    this.leases = leases;
    this.gate = gate;
    this.records = records;
    this.waiters = waiters;
    this.plan = plan;
    this.rate = new PollRate(plan.perSecond());
    this.time = time;
    this.calls = calls;
    this.downloads = downloads;
  }

  /** Looks after a job from now on, unless somebody does, or it is done. */
  void follow(Job job) {
    String owner = leases.owner();
    boolean goesOn = job.state().isDue() || job.state().isFollowed();
    if (!isPursued(job.id()) && goesOn && isOurs(job) && leases.take(job.id(), owner)) {
      takeUp(job, owner, plan.delay(job.id(), 0));
    }
  }

  /** Looks after a job that was admitted under that name, in its first version. */
  void followOwn(Job job, String owner) {
    boolean others = job.version() > 2; // had their hands on it, before its answer was recorded
    if (others || leases.lapsed() || !owner.equals(leases.owner())) { // it was a long call
      follow(job);
    } else if (job.state().isDue() || job.state().isFollowed()) {
      takeUp(job, owner, plan.delay(job.id(), 0));
    }
  }

  /**
   * Renews our leases, takes over what nobody looks after, and tells waiters what others saw the
   * end of. Called now and then where others are at work on the same journal, else once.
   */
  void makeRounds() {
    if (gate.isClosed()) {
      return;
    }
    List<Job> taken;
    do {
      boolean late = leases.lapsed();
      if (late) {
        LOG.log(System.Logger.Level.WARNING, "silent for too long: others may have taken over");
        stop();
      }
      taken = leases.takeFree(late, HANDFUL);
      if (!leases.lapsed()) { // else what was taken is not ours for sure, and once more
        taken.forEach(this::takeOver);
      }
    } while ((taken.size() == HANDFUL || leases.lapsed()) && !gate.isClosed());
    if (leases.wereInDoubt()) {
      takeUpOurs();
    }
    submitter.owed().forEach(this::settle);
    for (JobId id : waiters.ids()) {
      if (!isPursued(id)) {
        records.find(id).filter(job -> !job.state().isUnfinished()).ifPresent(waiters::complete);
      }
    }
  }

  /** What the journal holds to be ours, though a failed call did not tell us. */
  private void takeUpOurs() {
    try {
      List<Job> page = records.unfinished(null, HANDFUL);
      while (!page.isEmpty()) {
        page.forEach(this::takeUpOurs);
        page = records.unfinished(page.get(page.size() - 1).id(), HANDFUL);
      }
    } catch (RuntimeException | Error e) {
      leases.doubt();
      throw e;
    }
  }

  private void takeUpOurs(Job job) {
    boolean ours = job.account().equals(account);
    if (ours && !isPursued(job.id()) && leases.take(job.id(), leases.owner())) {
      takeOver(job);
    }
  }

  /** A job found in the journal: its create call has no sender left, or its end no witness. */
  private void takeOver(Job job) {
    if (job.state().isUnfinished()) { // it may be ours, from before a silence, and under way
      takeUp(job, leases.owner(), Duration.ZERO);
    } else {
      try {
        tellEnd(job);
        revisit(job);
      } catch (RuntimeException | Error e) { // those that were taken with it must not suffer
        leases.doubt();
        LOG.log(System.Logger.Level.WARNING, "the journal can't be asked of " + job, e);
      }
    }
  }

  private void tellEnd(Job job) {
    if (job.isPurged()) { // whoever forgot it died before that could be noted
      records.hush(job);
    } else {
      records.tell(job, null);
    }
  }

  /** Of an end that was just told: somebody may have given the job a task again meanwhile. */
  void revisit(Job ended) {
    records.find(ended.id()).ifPresent(this::follow);
  }

  private void takeUp(Job job, String owner, Duration firstDelay) {
    Pursuit pursuit = new Pursuit(job.id(), owner, time.now());
    pursuit.unsure = job.state() == JobState.INTENDED; // others may have given it up, and let go
    if (begins(pursuit)) {
      schedule(pursuit, job, firstDelay);
    }
  }

  /** False if one is under way; one from before a silence is none. */
  private boolean begins(Pursuit pursuit) {
    return pursuit
        == pursuits.compute(
            pursuit.job, (id, known) -> known != null && isCurrent(known) ? known : pursuit);
  }

  private boolean isPursued(JobId id) {
    Pursuit known = pursuits.get(id);
    return known != null && isCurrent(known);
  }

  private boolean isCurrent(Pursuit pursuit) {
    return pursuit.owner.equals(leases.owner());
  }

  /** What only others can ask for: nobody looks after it until one of them comes back. */
  void warnOfOthers() {
    Map<ProviderAccount, Integer> others = new HashMap<>();
    List<Job> page = records.unfinished(null, HANDFUL);
    while (!page.isEmpty()) {
      page.stream()
          .map(Job::account)
          .filter(other -> !other.equals(account))
          .forEach(other -> others.merge(other, 1, Integer::sum));
      page = records.unfinished(page.get(page.size() - 1).id(), HANDFUL);
    }
    others.forEach(
        (other, count) ->
            LOG.log(
                System.Logger.Level.WARNING,
                "unfinished jobs of another account, which are not followed with this key: {0}, {1}",
                count,
                other));
  }

  private boolean isOurs(Job job) {
    if (job.account().equals(account)) {
      return true;
    }
    LOG.log(System.Logger.Level.WARNING, "not followed, it is another account''s: {0}", job);
    return false;
  }

  /** Records what the journal did not take at first, then goes on with it. */
  void settle(Job job) {
    Pursuit pursuit = new Pursuit(job.id(), leases.owner(), time.now());
    pursuit.unsure = true;
    if (submitter.owes(job.id()) && begins(pursuit)) {
      schedule(pursuit, plan.backOff(job.id(), 1), calls);
    }
  }

  /** Of a job that was ended, and told of, by hand. */
  void letGo(JobId id) {
    Pursuit pursuit = pursuits.remove(id);
    if (pursuit != null) {
      cancel(pursuit);
    }
  }

  void stop() {
    pursuits.values().forEach(Follower::cancel);
    pursuits.clear();
  }

  private void schedule(Pursuit pursuit, Job job) {
    schedule(pursuit, job, plan.delay(job.id(), ++pursuit.polls));
  }

  private void schedule(Pursuit pursuit, Job job, Duration untilPoll) {
    pursuit.left = job.state();
    Instant due = job.dueAt().orElse(null);
    if (job.state() == JobState.SUCCEEDED) {
      schedule(pursuit, Duration.ZERO, downloads);
    } else if (job.state() == JobState.INTENDED) {
      schedule(pursuit, submitter.isSending(job.id()) ? NEXT_TURN : Duration.ZERO, calls);
    } else if (due != null) {
      schedule(pursuit, Duration.between(time.now(), due), calls);
    } else {
      schedule(pursuit, untilPoll, calls);
    }
  }

  private void schedule(Pursuit pursuit, Duration delay, Ambient.Workers workers) {
    if (gate.isClosed() || isDropped(pursuit)) {
      return;
    }
    if (delay.isZero() || delay.isNegative()) {
      run(pursuit, workers);
    } else {
      pursuit.alarm = time.at(time.now().plus(delay), () -> run(pursuit, workers));
    }
  }

  /** Whether we ceased to look after it, as others may by now. */
  private boolean isDropped(Pursuit pursuit) {
    return pursuits.get(pursuit.job) != pursuit || !isCurrent(pursuit);
  }

  private void run(Pursuit pursuit, Ambient.Workers workers) {
    if (!workers.run(() -> step(pursuit))) {
      schedule(pursuit, NO_ROOM, workers); // a full executor is no reason to forget a job
    }
  }

  private void step(Pursuit pursuit) {
    Job job;
    try {
      pursuit.unsure |= submitter.owes(pursuit.job);
      submitter.recordAgain(pursuit.job);
      job = records.find(pursuit.job).filter(found -> isOurs(pursuit, found)).orElse(null);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "the journal can't be read for " + pursuit.job, e);
      pursuit.failures++;
      schedule(pursuit, plan.backOff(pursuit.job, pursuit.failures), calls);
      return;
    }
    if (job == null || gate.isClosed() || isDropped(pursuit)) {
      pursuits.remove(pursuit.job, pursuit);
      return;
    }
    if (mustWaitForItsSlot(pursuit, job)) {
      return;
    }
    try {
      Job next = steps.next(pursuit, job);
      pursuit.failures = 0;
      if (job.state().isDue() && next.version() > job.version() + 2) {
        pursuit.unsure = true; // others had their hands on it, between its intent and its answer
      }
      if (submitter.owes(job.id())) {
        schedule(pursuit, plan.backOff(job.id(), 1), calls);
        return;
      }
      if (next.state().isDue() && next.version() == job.version()) {
        schedule(pursuit, NEXT_TURN, calls);
      } else if (next.state().isUnfinished()) {
        schedule(pursuit, next);
      } else {
        if (next.version() == job.version()) {
          records.tell(next, null); // recorded by somebody else, or by a call of ours that failed
        }
        leave(pursuit, next);
      }
    } catch (LinkExpiredException e) {
      pursuit.askedForNewLink = false;
      tryAgain(pursuit, job, e);
    } catch (SeedanceException e) {
      tryAgain(pursuit, job, e);
    } catch (IOException e) {
      tryAgain(pursuit, job, new RetryLaterException("the disk refuses: " + e, null, e));
    } catch (RuntimeException | Error e) {
      if (gate.isClosed()) {
        return;
      }
      // whatever it is: a job that nobody follows any more is a clip lost
      LOG.log(System.Logger.Level.WARNING, "following failed at " + job, e);
      tryAgain(pursuit, job, new RetryLaterException("following failed: " + e, null, e));
    }
  }

  /** False if others took it over before what came of it was recorded. */
  private boolean isOurs(Pursuit pursuit, Job job) {
    pursuit.unsure |= pursuit.left != null && pursuit.left != job.state();
    if (pursuit.unsure && job.state().isUnfinished()) {
      pursuit.unsure = !leases.take(job.id(), pursuit.owner);
    }
    return !pursuit.unsure || !job.state().isUnfinished();
  }

  /** Ends a pursuit, unless somebody gave the job a task again at this very moment. */
  private void leave(Pursuit pursuit, Job ended) {
    pursuits.remove(pursuit.job, pursuit);
    revisit(ended);
  }

  /** However many tasks are followed: no more questions a second than the plan says. */
  private boolean mustWaitForItsSlot(Pursuit pursuit, Job job) {
    boolean asks = job.state() == JobState.SUBMITTED || job.state() == JobState.RUNNING;
    if (!asks) {
      pursuit.hasSlot = false;
      return false;
    }
    Instant now = time.now();
    Instant moment = pursuit.hasSlot ? now : rate.reserve(now);
    if (!moment.isAfter(now)) {
      moment = rate.ask(now); // a slot that comes late may come with too many others
    }
    pursuit.hasSlot = moment.isAfter(now);
    if (pursuit.hasSlot) {
      schedule(pursuit, Duration.between(now, moment), calls);
    }
    return pursuit.hasSlot;
  }

  private void tryAgain(Pursuit pursuit, Job job, SeedanceException trouble) {
    pursuit.failures++;
    boolean account = trouble instanceof AccountException;
    boolean hopeless = // a link that died is said at once, too: what is tried from here on is hope
        trouble instanceof GiveUpException && !(trouble instanceof NotFoundException);
    if (pursuit.failures >= PATIENCE || account || hopeless) {
      try {
        remark(job, String.valueOf(trouble.getMessage()));
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.WARNING, "the journal takes no note on " + job, e);
      }
      waiters.fail(job.id(), trouble);
    }
    Duration delay = plan.backOff(job.id(), pursuit.failures);
    if (job.state() == JobState.SUCCEEDED) { // the longer it fails, the less often: up to an hour
      Duration rarely = Duration.between(job.changedAt(), time.now()).dividedBy(8);
      rarely = rarely.compareTo(RARELY) > 0 ? RARELY : rarely;
      delay = rarely.compareTo(delay) > 0 ? rarely : delay;
    }
    if (trouble instanceof RetryLaterException later) {
      Duration asked = later.retryAfter().orElse(Duration.ZERO);
      delay = asked.compareTo(delay) > 0 ? asked : delay;
    }
    schedule(pursuit, delay, job.state() == JobState.SUCCEEDED ? downloads : calls);
  }

  private void remark(Job job, String note) {
    records.change(
        job.id(),
        current -> !Objects.equals(current.note().orElse(null), note),
        (current, next) -> next.note(note));
  }

  private static void cancel(Pursuit pursuit) {
    Timekeeper.Alarm alarm = pursuit.alarm;
    if (alarm != null) {
      alarm.cancel();
    }
  }
}
