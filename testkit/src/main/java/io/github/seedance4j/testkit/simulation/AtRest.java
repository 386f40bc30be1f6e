package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What must hold of all that was seen once nothing moves any more. */
final class AtRest {

  private static final Currency USD = Currency.getInstance("USD");

  private final World world;
  private final Evidence seen;

  AtRest(World world, Evidence seen) {
    this.world = world;
    this.seen = seen;
  }

  private void hold(boolean holds, Invariant invariant, String what) {
    if (!holds) {
      world.fail(invariant, what);
    }
  }

  void holds() {
    for (Job job : seen.jobs.values()) {
      charges(job);
      clip(job);
      end(job);
    }
    for (JobId id : seen.acknowledged) {
      hold(seen.jobs.containsKey(id), Invariant.JOBS_KEPT, id + " vanished");
    }
    seen.told.forEach(this::answer);
  }

  private void charges(Job job) {
    String digest = job.bodySha256().orElse("");
    List<HubTask> charges = digest.isEmpty() ? List.of() : world.hub.tasksOf(digest);
    boolean open =
        job.state() == JobState.UNKNOWN
            || job.state() == JobState.LOST
            || job.authorisations() > 1
            || seen.misled.contains(digest)
            || seen.confused.contains(digest);
    for (HubTask charge : charges) {
      boolean known = job.taskId().map(TaskId::value).equals(Optional.of(charge.id()));
      hold(known || open, Invariant.CHARGES_ACCOUNTED, charge.id() + " is no task of " + job);
    }
    boolean exact = job.bill().map(Bill::basis).equals(Optional.of(Bill.Basis.COMPUTED));
    if (exact && job.authorisations() == 1) {
      long billed = Judge.millionths(job.bill().orElseThrow().amount());
      long ledger = world.hub.cost(digest);
      hold(
          billed == ledger || seen.misled.contains(digest),
          Invariant.MONEY_COVERED,
          job + " is billed " + billed + " millionths, the ledger has " + ledger);
    }
  }

  private void clip(Job job) {
    Clip clip = seen.store.get(job.id());
    if (job.state() == JobState.STORED) {
      hold(clip != null, Invariant.CLIPS_WHOLE, job + " has no clip in the store");
    }
    HubTask task = job.taskId().map(id -> world.hub.task(id.value())).orElse(null);
    boolean made = task != null && task.fate() == HubTask.Fate.SUCCEEDED;
    boolean paid = job.state() == JobState.STORED || job.state() == JobState.EXPIRED;
    hold(!made || paid, Invariant.CLIPS_WHOLE, job + " has a clip, and nobody fetched it");
  }

  private void end(Job job) {
    boolean told = seen.heard.contains(job.id() + ":" + job.version());
    hold(
        told || job.isPurged(),
        Invariant.ENDS_TOLD,
        job + " v" + job.version() + ": nobody heard of it");
  }

  /** An answer is never thrown away, if whoever heard it lived on to write it down. */
  private void answer(TaskId task, Instance who) {
    if (!who.endedWell()) {
      return;
    }
    HubTask made = world.hub.task(task.value());
    String digest = made == null ? "" : made.digest();
    JobId id = seen.byDigest.get(digest);
    boolean kept =
        id == null
            || seen.misled.contains(digest)
            || seen.confused.contains(digest)
            || Optional.ofNullable(seen.jobs.get(id)).flatMap(Job::taskId).isPresent();
    hold(kept, Invariant.CHARGES_ACCOUNTED, who + " was told of " + task + ", and forgot it");
  }

  /** Once everybody said what it cost. */
  void settled() {
    world.throwFailure();
    Money told = world.durable.spend(Instant.EPOCH, USD, null).total();
    long ledger = world.hub.total();
    hold(
        Judge.millionths(told) == ledger,
        Invariant.MONEY_COVERED,
        told + " is not the ledger's " + ledger + " millionths, though all is settled");
  }
}
