package io.github.seedance4j.testkit.assertion;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.ledger.Adjust;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a ledger says about jobs. A line belongs to the job that has its task; else, since the
 * provider takes no name of the client's, to a job that sent the bytes of its digest.
 */
final class Account {

  private static final int MOST_LINES = 20;

  private final Ledger ledger;
  private final Map<String, Job> byTask = new HashMap<>();
  private final Map<String, List<Job>> byDigest = new HashMap<>();

  Account(Ledger ledger, Collection<Job> jobs) {
    this.ledger = ledger;
    for (Job job : jobs) {
      job.taskId().ifPresent(task -> byTask.put(task.value(), job));
      job.bodySha256()
          .ifPresent(digest -> byDigest.computeIfAbsent(digest, any -> new ArrayList<>()).add(job));
    }
  }

  Optional<Job> jobOfTask(LedgerEntry entry) {
    return entry.task().map(byTask::get);
  }

  /** The jobs that sent these bytes, whatever task they have; nobody can tell them apart. */
  List<Job> jobsOfDigest(LedgerEntry entry) {
    return byDigest.getOrDefault(entry.digest(), List.of());
  }

  /** The charges for these bytes of which no job has the task. */
  List<Charge> unclaimed(String digest) {
    return charges(
        ledger.entries().stream()
            .filter(entry -> entry.digest().equals(digest) && jobOfTask(entry).isEmpty()));
  }

  /** How many charges somebody agreed to for these bytes, beyond those whose task is known. */
  long leftToAgree(String digest) {
    return byDigest.getOrDefault(digest, List.of()).stream()
        .mapToLong(job -> Math.max(0, job.authorisations() - chargesOfTask(job).size()))
        .sum();
  }

  /** For its task; or, together with those that sent the same, for bytes. */
  boolean chargedTooOften(Job job) {
    return chargesOfTask(job).size() > job.authorisations()
        || job.bodySha256()
            .filter(digest -> unclaimed(digest).size() > leftToAgree(digest))
            .isPresent();
  }

  private List<Charge> chargesOfTask(Job job) {
    return charges(
        ledger.entries().stream()
            .filter(entry -> jobOfTask(entry).filter(job::equals).isPresent()));
  }

  List<LedgerEntry> linesOf(Job job) {
    return ledger.entries().stream()
        .filter(
            entry ->
                jobOfTask(entry).map(List::of).orElseGet(() -> jobsOfDigest(entry)).stream()
                    .anyMatch(owner -> owner.id().equals(job.id())))
        .toList();
  }

  /** Those that cost something when they were made; that of a refused create never does. */
  List<Charge> chargesOf(Job job) {
    return charges(linesOf(job).stream());
  }

  static List<Charge> charges(Stream<? extends LedgerEntry> entries) {
    return entries
        .filter(Charge.class::isInstance)
        .map(Charge.class::cast)
        .filter(charge -> charge.cost().signum() > 0)
        .toList();
  }

  BigDecimal costOf(Job job) {
    return linesOf(job).stream().map(LedgerEntry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** A job as somebody wants to see it who looks for its money. */
  static String told(Job job) {
    return job.id()
        + " "
        + job.state()
        + ", task "
        + job.taskId().map(TaskId::value).orElse("none")
        + ", "
        + job.authorisations()
        + (job.authorisations() == 1 ? " authorisation, " : " authorisations, ")
        + job.attempts()
        + (job.attempts() == 1 ? " attempt, " : " attempts, ")
        + "digest "
        + job.bodySha256().orElse("none")
        + job.reason().map(reason -> ", " + reason).orElse("");
  }

  static String told(Collection<? extends LedgerEntry> entries) {
    if (entries.isEmpty()) {
      return "\n    none";
    }
    String lines =
        entries.stream()
            .limit(MOST_LINES)
            .map(entry -> "\n    " + told(entry))
            .collect(Collectors.joining());
    int more = entries.size() - MOST_LINES;
    return more > 0 ? lines + "\n    and " + more + " more" : lines;
  }

  private static String told(LedgerEntry entry) {
    return (entry instanceof Adjust adjust
            ? "adjust " + entry.amount().toPlainString() + " (" + adjust.reason().word() + ")"
            : "charge " + entry.amount().toPlainString())
        + ", task "
        + entry.task().orElse("none")
        + ", digest "
        + entry.digest()
        + ", "
        + entry.at();
  }
}
