package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A journal whose user looks after no jobs but those it names, and those it submits or has the key
 * or the task of: a run that waits for one clip is not to begin with all the others. Of those that
 * somebody else looks after it asks again and again, in case that somebody died.
 */
final class NamedJobs extends ForwardingJournal {

  private static final String NOBODY = "";

  /** As whom we last had each job that we want. */
  private final Map<JobId, String> wanted = new ConcurrentHashMap<>();

  NamedJobs(JobJournal all, Set<JobId> named) {
    super(all);
    named.forEach(id -> wanted.put(id, NOBODY));
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    journal.claim(lease, account, 0); // which renews what we have
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
    if (!wanted.containsKey(id)) {
      return false; // a service that isn't sure of its claims asks for whatever is unfinished
    }
    boolean ours = journal.claim(lease, id);
    wanted.put(id, ours ? lease.owner() : NOBODY);
    return ours;
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    wanted.put(intended.id(), owner);
    Admission admission = journal.admit(intended, budgets, owner);
    if (admission instanceof Admission.Existing existing) {
      wanted.putIfAbsent(existing.job().id(), NOBODY);
    }
    return admission;
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    Optional<Job> found = journal.findByKey(idempotencyKey);
    found.ifPresent(job -> wanted.putIfAbsent(job.id(), NOBODY)); // somebody else may be sending it
    return found;
  }
}
