package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The journal as the provider inside a command needs it. That provider ends with its command, and
 * nobody else has its tasks: a job of an earlier command that nobody looks after any more can't be
 * made, nor was it ever charged. Whoever takes it up ends it, instead of asking for it in vain.
 */
final class SandboxJournal extends ForwardingJournal {

  private static final String GONE = "its sandbox ended with the command";
  private static final Duration MOMENT = Duration.ofSeconds(5);
  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(JobState::isUnfinished)
          .collect(Collectors.toUnmodifiableSet());

  /** What was submitted here, to a provider that is there. */
  private final Set<JobId> own = ConcurrentHashMap.newKeySet();

  SandboxJournal(JobJournal journal) {
    super(journal);
  }

  /** Ends what commands left behind that are over; what another one is at stays. */
  static void endLeftOvers(JobJournal journal) {
    endLeftOvers(journal, SandboxJournal::isOfSandbox);
  }

  /** Ends what is left of earlier lives of a gateway's sandbox. */
  static void endLeftOvers(JobJournal journal, ProviderAccount alive) {
    endLeftOvers(
        journal,
        job -> job.account().baseUrl().equals(alive.baseUrl()) && !job.account().equals(alive));
  }

  private static void endLeftOvers(JobJournal journal, Predicate<Job> gone) {
    List<Job> left = journal.list(JobQuery.all().in(UNFINISHED)).stream().filter(gone).toList();
    if (left.isEmpty()) {
      return;
    }
    Lease lease = new Lease("tidy-" + UUID.randomUUID(), Instant.now(), MOMENT);
    for (Job job : left) {
      if (journal.claim(lease, job.id())) {
        Job ended = ended(journal, job.id(), gone);
        journal.told(ended.id(), ended.version()); // there is nobody to be told
      }
    }
    journal.release(lease.owner());
  }

  @Override
  public Admission admit(Job intended, List<Budget> budgets, String owner) {
    own.add(intended.id());
    return journal.admit(intended, budgets, owner);
  }

  @Override
  public List<Job> claim(Lease lease, ProviderAccount account, int limit) {
    return journal.claim(lease, account, limit).stream()
        .map(job -> own.contains(job.id()) ? job : ended(journal, job.id()))
        .toList();
  }

  @Override
  public boolean claim(Lease lease, JobId id) {
    boolean ours = journal.claim(lease, id);
    if (ours && !own.contains(id)) {
      ended(journal, id);
    }
    return ours;
  }

  private static Job ended(JobJournal journal, JobId id) {
    return ended(journal, id, SandboxJournal::isOfSandbox);
  }

  /** That job at its end, unless it has come to one, or is somebody else's to make. */
  private static Job ended(JobJournal journal, JobId id, Predicate<Job> gone) {
    while (true) {
      Job job = journal.find(id).orElseThrow();
      if (!gone.test(job) || !job.state().isUnfinished()) {
        return job;
      }
      Job.Change end =
          job.change()
              .state(
                  job.taskId().isPresent() ? JobState.EXPIRED : JobState.WITHDRAWN, Instant.now())
              .note(GONE);
      job.quote()
          .map(quote -> Money.zero(quote.hold().currency()))
          .ifPresent(nothing -> end.bill(new Bill(nothing, Bill.Basis.COMPUTED)));
      Job ended = end.done();
      if (journal.replace(ended) == Replaced.DONE) {
        return ended;
      }
    }
  }

  private static boolean isOfSandbox(Job job) {
    return job.account().equals(OwnSandbox.ACCOUNT);
  }
}
