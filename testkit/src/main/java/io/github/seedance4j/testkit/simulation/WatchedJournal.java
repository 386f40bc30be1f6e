package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.task.TaskId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process's way to the journal that all share; the judge sees what takes effect. */
final class WatchedJournal implements JobJournal {

  private final Instance caller;
  private final World world;
  private final PortCalls calls;
  private final JobJournal durable;
  private final Judge judge;

  WatchedJournal(Instance caller, PortCalls calls) {
    this.caller = caller;
    this.world = caller.world;
    this.calls = calls;
    this.durable = world.durable;
    this.judge = world.judge;
  }

  private <T> T call(String what, PortCalls.Effect<T> effect) {
    return calls.call(what, world.weather().journal(), effect);
  }

  private void note(String what) {
    world.note(caller + " " + what);
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    return call(
        "admit",
        () -> {
          List<Budget> kept = durable.budgets();
          Admission admission = durable.admit(intended, budgets, owner);
          note("admit " + intended + " v" + intended.version() + ": " + word(admission));
          if (admission instanceof Admission.Admitted) {
            judge.admitted(caller, intended, kept, owner);
          }
          return admission;
        });
  }

  private static String word(Admission admission) {
    if (admission instanceof Admission.Existing existing) {
      return "existing " + existing.job();
    }
    return admission instanceof Admission.OverCap over ? "over " + over.budget() : "admitted";
  }

  @Override
  public Replaced replace(Job next) {
    return call(
        "replace",
        () -> {
          Replaced replaced = durable.replace(next);
          note("replace " + next + " v" + next.version() + ": " + replaced);
          if (replaced == Replaced.DONE) {
            judge.replaced(caller, next);
          }
          return replaced;
        });
  }

  @Override
  public Optional<Job> find(JobId id) {
    return call(
        "find",
        () -> {
          Optional<Job> found = durable.find(id);
          judge.found(id, found.orElse(null));
          return found;
        });
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return call("find by task", () -> durable.findByTask(account, id));
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return call("find by key", () -> durable.findByKey(idempotencyKey));
  }

  @Override
  public List<Job> list(JobQuery query) {
    return call("list", () -> durable.list(query));
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return call("spend", () -> durable.spend(since, currency, label));
  }

  @Override
  public List<Budget> budgets() {
    return call("budgets", durable::budgets);
  }

  @Override
  public void setBudget(Budget budget) {
    call(
        "set budget",
        () -> {
          note("sets " + budget);
          durable.setBudget(budget);
          return budget;
        });
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return call("remove budget", () -> durable.removeBudget(period, label));
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    List<Job> taken =
        call(
            "claim",
            () -> {
              List<Job> claimed = durable.claim(lease, account, limit);
              if (!claimed.isEmpty()) {
                note("claims as " + lease.owner() + ": " + claimed);
              }
              judge.leased(caller, lease);
              claimed.forEach(job -> judge.owned(job.id(), lease.owner()));
              return claimed;
            });
    judge.renewed(caller, lease);
    return taken;
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    return call(
        "claim one",
        () -> {
          boolean claimed = durable.claim(lease, id);
          note("claims " + id + " as " + lease.owner() + ": " + claimed);
          judge.leased(caller, lease);
          if (claimed) {
            judge.owned(id, lease.owner());
          }
          return claimed;
        });
  }

  @Override
  public void release(String owner) {
    call(
        "release",
        () -> {
          durable.release(owner);
          judge.released(owner);
          return owner;
        });
  }

  @Override
  public void told(JobId id, long version) {
    call(
        "told",
        () -> {
          durable.told(id, version);
          judge.told(id, version);
          return id;
        });
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** The others go on with it. */
  @Override
  public void close() {}
}
