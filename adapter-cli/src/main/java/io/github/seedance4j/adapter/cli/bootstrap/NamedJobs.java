package io.github.seedance4j.adapter.cli.bootstrap;

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
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose user looks after no jobs but those it names, or once asked for: a run that waits
 * for one clip is not to begin with all the others. Of those that somebody else looks after it asks
 * again and again, in case that somebody died.
 */
final class NamedJobs implements JobJournal {

  private static final String NOBODY = "";

  private final JobJournal all;

  /** As whom we last had each job that we want. */
  private final Map<JobId, String> wanted = new ConcurrentHashMap<>();

  NamedJobs(JobJournal all, Set<JobId> named) {
    this.all = all;
    named.forEach(id -> wanted.put(id, NOBODY));
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    all.claim(lease, account, 0); // which renews what we have
    List<Job> taken = new ArrayList<>();
    wanted.forEach(
        (id, owner) -> {
          Job job =
              taken.size() < limit && !owner.equals(lease.owner()) ? find(id).orElse(null) : null;
          if (job != null
              && job.state().isUnfinished()
              && job.account().equals(account)
              && claim(lease, id)) {
            taken.add(job);
          }
        });
    return taken;
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    boolean ours = all.claim(lease, id);
    wanted.put(id, ours ? lease.owner() : NOBODY);
    return ours;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    wanted.put(intended.id(), owner);
    Admission admission = all.admit(intended, budgets, owner);
    if (admission instanceof Admission.Existing existing) {
      wanted.putIfAbsent(existing.job().id(), NOBODY);
    }
    return admission;
  }

  @Override
  public Replaced replace(Job next) {
    return all.replace(next);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return all.find(id);
  }

  @Override
  public Optional<Job> findByTask(ProviderAccount account, TaskId id) {
    return all.findByTask(account, id);
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    Optional<Job> found = all.findByKey(idempotencyKey);
    found.ifPresent(job -> wanted.putIfAbsent(job.id(), NOBODY)); // somebody else may be sending it
    return found;
  }

  @Override
  public List<Job> list(JobQuery query) {
    return all.list(query);
  }

  @Override
  public Spend spend(Instant since, Currency currency, @Nullable String label) {
    return all.spend(since, currency, label);
  }

  @Override
  public List<Budget> budgets() {
    return all.budgets();
  }

  @Override
  public void setBudget(Budget budget) {
    all.setBudget(budget);
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return all.removeBudget(period, label);
  }

  @Override
  public void release(String owner) {
    all.release(owner);
  }

  @Override
  public void told(JobId id, long version) {
    all.told(id, version);
  }

  @Override
  public boolean isShared() {
    return all.isShared();
  }

  @Override
  public void close() {
    all.close();
  }
}
