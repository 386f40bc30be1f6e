package io.github.seedance4j.testkit.assertion;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;

/**
 * What the provider charged, held against jobs. A charge belongs to the job that has its task, else
 * to one that sent the bytes of its digest: so give the jobs of a test different prompts. To be
 * charged means that the provider took money for a create, whether or not it gave it back later; to
 * cost is what is left in the end. A refused create is a line of the ledger, but no charge.
 */
public final class LedgerAssert extends AbstractAssert<LedgerAssert, Ledger> {

  /** A charge with no task known is not a surprise to these. */
  private static final Set<JobState> UNCERTAIN =
      EnumSet.of(JobState.INTENDED, JobState.UNKNOWN, JobState.LOST);

  LedgerAssert(Ledger actual) {
    super(actual, LedgerAssert.class);
  }

  /** One charge, given back or not. */
  public LedgerAssert chargedExactlyOnce(Job job) {
    return charges(job, "exactly once", 1, 1);
  }

  /** One charge or none. */
  public LedgerAssert chargedAtMostOnce(Job job) {
    return charges(job, "at most once", 0, 1);
  }

  /** No charge at all, or one that was given back whole. */
  public LedgerAssert hasNoCost(Job job) {
    return hasCost(job, "0.00");
  }

  /** What the job cost in the end: its charges, and what was adjusted. */
  public LedgerAssert hasCost(Job job, String usd) {
    isNotNull();
    Account account = new Account(actual, List.of(job));
    BigDecimal cost = account.costOf(job);
    if (cost.compareTo(new BigDecimal(usd)) != 0) {
      fail(
          job.id() + " to have cost " + usd + " USD, but it cost " + plain(cost) + " USD",
          List.of(job),
          linesToShow(account, job));
    }
    return this;
  }

  /** What everything cost in the end. */
  public LedgerAssert hasTotal(String usd) {
    isNotNull();
    if (actual.total().compareTo(new BigDecimal(usd)) != 0) {
      fail(
          "a total of " + usd + " USD, but it was " + plain(actual.total()) + " USD",
          List.of(),
          actual.entries());
    }
    return this;
  }

  /** So many charges in all, given back or not. */
  public LedgerAssert chargedTimes(int times) {
    isNotNull();
    List<Charge> charges = Account.charges(actual.entries().stream());
    if (charges.size() != times) {
      fail(times(times) + " in all, but there were " + charges.size(), List.of(), charges);
    }
    return this;
  }

  /**
   * Every charge belongs to a job: by its task; or by its digest to a job that doesn't know its
   * outcome (unknown, lost, or still being sent), or for which somebody agreed to another charge.
   */
  public LedgerAssert hasNoChargeWithoutAJob(Collection<Job> jobs) {
    isNotNull();
    Account account = new Account(actual, jobs);
    List<Charge> strays = new ArrayList<>();
    List<Job> suspects = new ArrayList<>();
    for (Charge charge : Account.charges(actual.entries().stream())) {
      List<Job> senders = account.jobsOfDigest(charge);
      boolean possible =
          senders.stream()
              .anyMatch(job -> UNCERTAIN.contains(job.state()) || job.authorisations() > 1);
      // never more of them than somebody agreed to: a blind retry is a surprise to an unknown job
      boolean expected =
          account.jobOfTask(charge).isPresent()
              || (possible
                  && account.unclaimed(charge.digest()).size()
                      <= account.leftToAgree(charge.digest()));
      if (!expected) {
        strays.add(charge);
        suspects.addAll(senders);
      }
    }
    if (!strays.isEmpty()) {
      fail(
          "every charge to belong to a job, but "
              + strays.size()
              + " did to none of "
              + jobs.size()
              + (suspects.isEmpty()
                  ? ", and no job has sent such bytes"
                  : "; the jobs below sent the same bytes, and don't know that task"),
          suspects,
          strays);
    }
    return this;
  }

  /** No job was charged more often than somebody agreed to, given back or not. */
  public LedgerAssert neverChargedMoreOftenThanAuthorised(Collection<Job> jobs) {
    isNotNull();
    Account account = new Account(actual, jobs);
    List<Job> wronged =
        jobs.stream()
            .filter(job -> job.authorisations() > 0)
            .filter(account::chargedTooOften)
            .toList();
    if (!wronged.isEmpty()) {
      fail(
          "no job to be charged more often than somebody agreed to, but "
              + wronged.size()
              + (wronged.size() == 1 ? " was" : " were"),
          wronged,
          wronged.stream().flatMap(job -> account.linesOf(job).stream()).toList());
    }
    return this;
  }

  /** What is settled and held is no less than what was charged: true at every moment. */
  public LedgerAssert isCoveredBy(Spend spend) {
    return isCoveredBy(spend.total());
  }

  /** An amount, in USD, that is no less than what was charged. */
  public LedgerAssert isCoveredBy(Money settledAndHeld) {
    isNotNull();
    if (Money.usd(plain(actual.total())).isMoreThan(settledAndHeld)) {
      fail(
          settledAndHeld
              + ", settled and held, to cover what was charged, but that is "
              + plain(actual.total())
              + " USD",
          List.of(),
          actual.entries());
    }
    return this;
  }

  /** Nothing is held any more, and what is settled is what was charged: true at rest. */
  public LedgerAssert agreesWith(Spend spend) {
    isNotNull();
    boolean equal = Money.usd(plain(actual.total())).compareTo(spend.settled()) == 0;
    if (!equal || spend.held().amount().signum() != 0) {
      fail(
          plain(actual.total())
              + " USD to be settled and nothing held, but "
              + spend.settled()
              + " is settled and "
              + spend.held()
              + " held",
          List.of(),
          actual.entries());
    }
    return this;
  }

  private LedgerAssert charges(Job job, String often, int least, int most) {
    isNotNull();
    Account account = new Account(actual, List.of(job));
    int charges = account.chargesOf(job).size();
    if (charges < least || charges > most) {
      fail(
          job.id() + " to be charged " + often + ", but it was " + charges + " times",
          List.of(job),
          linesToShow(account, job));
    }
    return this;
  }

  /** All lines where none is the job's: perhaps it is another's task, or other bytes. */
  private Collection<LedgerEntry> linesToShow(Account account, Job job) {
    List<LedgerEntry> own = account.linesOf(job);
    return own.isEmpty() ? actual.entries() : own;
  }

  private void fail(String expected, List<Job> jobs, Collection<? extends LedgerEntry> lines) {
    StringBuilder text = new StringBuilder("Expected ").append(expected).append('.');
    if (!jobs.isEmpty()) {
      text.append(jobs.size() == 1 ? "\n  The job:" : "\n  The jobs:");
      jobs.forEach(job -> text.append("\n    ").append(Account.told(job)));
    }
    text.append("\n  The ledger:").append(Account.told(lines));
    failWithMessage("%s", text);
  }

  private static String times(int times) {
    return times == 1 ? "1 charge" : times + " charges";
  }

  private static String plain(BigDecimal usd) {
    return Money.usd(usd.toPlainString()).plain();
  }
}
