package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sees all that takes effect, at the journal and at the provider, and holds it to the invariants:
 * at each change what it touches, at rest all.
 */
final class Judge {

  private static final Currency USD = Currency.getInstance("USD");

  private final World world;
  private final Followers followers;

  final Evidence seen = new Evidence();
  private final AtRest atRest;

  Judge(World world) {
    this.world = world;
    this.followers = new Followers(world);
    this.atRest = new AtRest(world, seen);
  }

  private void hold(boolean holds, Invariant invariant, String what) {
    if (!holds) {
      world.fail(invariant, what);
    }
  }

  List<Job> jobs() {
    return List.copyOf(seen.jobs.values());
  }

  @Nullable Job job(JobId id) {
    return seen.jobs.get(id);
  }

  // what the journal takes

  void admitted(Instance who, Job job, List<Budget> kept, String owner) {
    Job before = seen.jobs.get(job.id());
    if (before == null) {
      JobId other = job.idempotencyKey().map(seen.byKey::get).orElse(null);
      String digest = job.bodySha256().orElse("");
      if (other == null && !digest.isEmpty()) {
        other = seen.byDigest.get(digest);
      }
      hold(other == null, Invariant.JOBS_KEPT, job + " has the key of " + other);
      job.idempotencyKey().ifPresent(key -> seen.byKey.put(key, job.id()));
      if (!digest.isEmpty()) {
        seen.byDigest.put(digest, job.id());
      }
    } else {
      boolean agreed =
          before.state() == JobState.UNKNOWN
              && job.state() == JobState.NOT_SENT
              && job.authorisations() == before.authorisations() + 1;
      hold(agreed, Invariant.ARROWS_KEPT, "admitted again: " + before + ", then " + job);
    }
    record(who, before, job);
    followers.owned(job.id(), owner, who);
    List<Budget> caps = new ArrayList<>(kept);
    caps.addAll(world.caps);
    for (Budget cap : caps) {
      if (cap.covers(job) && job.counted().isPresent()) {
        Money total = counted(cap.since(job.authorisedAt()), cap.label());
        hold(!total.isMoreThan(cap.cap()), Invariant.CAPS_KEPT, total + " are more than " + cap);
      }
    }
  }

  private Money counted(Instant since, @Nullable String label) {
    Money total = Money.zero(USD);
    for (Job job : seen.jobs.values()) {
      boolean counts = label == null || job.label().equals(Optional.of(label));
      if (counts && !job.authorisedAt().isBefore(since)) {
        total = total.plus(job.counted().orElse(Money.zero(USD)));
      }
    }
    return total;
  }

  void replaced(Instance who, Job next) {
    Job before = seen.jobs.get(next.id());
    if (before == null) {
      world.fail(Invariant.JOBS_KEPT, "changed, and never admitted: " + next);
      return;
    }
    String step = before + " to " + next;
    hold(Arrows.leads(before, next), Invariant.ARROWS_KEPT, step);
    hold(before.version() + 1 == next.version(), Invariant.ARROWS_KEPT, "a version lost: " + step);
    hold(
        before.taskId().isEmpty() || before.taskId().equals(next.taskId()),
        Invariant.ARROWS_KEPT,
        "another task: " + step);
    hold(
        before.authorisations() == next.authorisations(),
        Invariant.ARROWS_KEPT,
        "agreed to by nobody: " + step);
    if (!before.state().isUnfinished() && next.state().isUnfinished()) {
      followers.free(next.id());
    }
    record(who, before, next);
  }

  private void record(Instance who, @Nullable Job before, Job job) {
    seen.jobs.put(job.id(), job);
    boolean begins =
        job.state() == JobState.INTENDED && (before == null || before.state() != JobState.INTENDED);
    if (begins) {
      job.bodySha256().ifPresent(digest -> seen.sending.put(digest, who));
    }
    money(job);
    if (job.state().isDue()) {
      int charges = world.hub.charges(job.bodySha256().orElse(""));
      hold(
          charges < job.authorisations(),
          Invariant.CHARGES_AUTHORISED,
          job + " is due again, and may have been charged: " + charges);
    }
  }

  /** I4, of one job. */
  private void money(Job job) {
    String digest = job.bodySha256().orElse("");
    if (!digest.isEmpty() && !seen.misled.contains(digest)) {
      long cost = world.hub.cost(digest);
      long counted = millionths(job.counted().orElse(Money.zero(USD)));
      hold(
          counted >= cost,
          Invariant.MONEY_COVERED,
          job + " counts " + counted + " millionths, the ledger has " + cost);
    }
  }

  static long millionths(Money money) {
    return money.amount().movePointRight(6).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  void found(JobId id, @Nullable Job found) {
    Job known = seen.jobs.get(id);
    hold(
        known == null ? found == null : found != null && found.equals(known),
        Invariant.JOBS_KEPT,
        "the journal has " + found + " where it was given " + known);
  }

  void owned(JobId id, String owner) {
    followers.owned(id, owner, null);
  }

  void leased(Instance who, Lease lease) {
    followers.leased(who, lease);
  }

  void renewed(Instance who, Lease lease) {
    followers.renewed(who, lease);
  }

  void released(String owner) {
    followers.released(owner);
  }

  void told(JobId id, long version) {
    Job job = seen.jobs.get(id);
    if (job != null && job.version() == version) {
      followers.free(id);
    }
  }

  // what the provider sees

  void sends(Instance who, String digest) {
    JobId id = seen.byDigest.get(digest);
    Job job = id == null ? null : seen.jobs.get(id);
    hold(job != null, Invariant.CHARGES_ACCOUNTED, who + " sends what no journal knows");
  }

  void charged(String digest) {
    if (seen.stating.contains(digest)) { // somebody says at this moment that it was not
      seen.misled.add(digest);
    }
    Job job = seen.jobs.get(seen.byDigest.get(digest));
    if (job == null) {
      world.fail(Invariant.CHARGES_ACCOUNTED, "charged for what no journal knows");
      return;
    }
    int charges = world.hub.charges(digest);
    hold(
        charges <= job.authorisations(),
        Invariant.CHARGES_AUTHORISED,
        job + " is charged " + charges + " times, agreed to " + job.authorisations());
    money(job);
  }

  void answered(Instance who, String digest, CreateReply reply) {
    seen.sending.remove(digest, who);
    if (reply instanceof CreateReply.Answered answer && answer.task() != null) {
      seen.told.put(answer.task(), who);
    }
  }

  void misled(HubTask made, HubTask named) {
    if (!made.equals(named)) {
      seen.misled.add(made.digest());
      seen.confused.add(named.digest());
    }
  }

  /** Somebody made a job of its own of a task that may be another job's. */
  void adopted(HubTask task) {
    seen.confused.add(task.digest());
  }

  /** Somebody attached a task that is not the job's. */
  void confused(Job job) {
    job.bodySha256().ifPresent(seen.confused::add);
  }

  /** Whether an answer is still to come, so that nobody can know what it cost. */
  boolean isOpen(Job job) {
    String digest = job.bodySha256().orElse("");
    return seen.sending.containsKey(digest)
        || world.hub.tasksOf(digest).stream().anyMatch(task -> !task.hasEnded(world.now()));
  }

  void died(Instance who) {
    seen.sending.values().removeIf(sender -> sender == who);
  }

  void asks(Instance who, TaskId task) {
    for (Job job : seen.jobs.values()) {
      if (job.taskId().equals(Optional.of(task))) {
        followers.asks(who, job.id());
      }
    }
  }

  // what users see

  void acknowledged(@Nullable String key, Job job) {
    seen.acknowledged.add(job.id());
    hold(seen.jobs.containsKey(job.id()), Invariant.JOBS_KEPT, "acknowledged, never kept: " + job);
    if (key != null) {
      JobId known = seen.byKey.get(key);
      hold(job.id().equals(known), Invariant.JOBS_KEPT, key + ": " + known + " and " + job.id());
    }
  }

  void stored(Job job, Clip clip) {
    String there = world.files.whole.get(clip.path());
    hold(
        clip.sha256().equals(there),
        Invariant.CLIPS_WHOLE,
        job + ": what is stored is not whole at " + clip.path());
    Clip before = seen.store.putIfAbsent(job.id(), clip);
    hold(
        before == null || before.sha256().equals(clip.sha256()),
        Invariant.CLIPS_WHOLE,
        job + " is stored again, with other bytes");
    HubTask task = job.taskId().map(id -> world.hub.task(id.value())).orElse(null);
    hold(
        task != null && task.content().equals(clip.sha256()),
        Invariant.CLIPS_WHOLE,
        job + " is stored with another task's clip");
  }

  void heard(JobEvent event) {
    String expected = event.job().id() + ":" + event.job().version();
    hold(event.id().equals(expected), Invariant.ENDS_TOLD, event.id() + " is no " + expected);
    seen.heard.add(event.id());
  }

  // all of it

  /** After each step: the sums. */
  void everything() {
    world.throwFailure();
    Money counted = Money.zero(USD);
    for (Job job : seen.jobs.values()) {
      money(job);
      counted = counted.plus(job.counted().orElse(Money.zero(USD)));
    }
    Money told = world.durable.spend(Instant.EPOCH, USD, null).total();
    hold(
        told.equals(counted),
        Invariant.MONEY_COVERED,
        "the journal counts " + told + ", its jobs " + counted);
    long ledger = world.hub.total() - seen.misled.stream().mapToLong(world.hub::cost).sum();
    hold(
        millionths(told) >= ledger,
        Invariant.MONEY_COVERED,
        told + " do not cover the ledger's " + ledger + " millionths");
  }

  boolean isAtRest() {
    for (Job job : seen.jobs.values()) {
      if (job.state().isUnfinished()) {
        return false;
      }
    }
    return waits().isEmpty();
  }

  private List<CompletableFuture<?>> waits() {
    List<CompletableFuture<?>> open = new ArrayList<>();
    for (Instance instance : world.instances) {
      if (!instance.isDead()) {
        instance.waits.stream().filter(wait -> !wait.isDone()).forEach(open::add);
      }
    }
    return open;
  }

  void nothingStuck() {
    world.throwFailure();
    for (Job job : seen.jobs.values()) {
      hold(!job.state().isUnfinished(), Invariant.NOTHING_STUCK, job + " is never finished");
    }
    hold(waits().isEmpty(), Invariant.NOTHING_STUCK, "somebody waits for ever");
  }

  /** Once nothing moves any more. */
  void atRest() {
    List<Job> listed = world.durable.list(JobQuery.all());
    hold(
        listed.size() == seen.jobs.size(),
        Invariant.JOBS_KEPT,
        listed + " is not " + seen.jobs.values());
    for (Job job : seen.jobs.values()) {
      found(job.id(), world.durable.find(job.id()).orElse(null));
    }
    atRest.holds();
  }

  /** Once everybody said what it cost. */
  void settled() {
    atRest.settled();
  }

  int unknown() {
    return (int) seen.jobs.values().stream().filter(j -> j.state() == JobState.UNKNOWN).count();
  }

  int stored() {
    return seen.store.size();
  }
}
