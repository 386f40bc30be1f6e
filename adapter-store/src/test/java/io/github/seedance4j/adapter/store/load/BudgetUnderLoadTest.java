package io.github.seedance4j.adapter.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.adapter.store.PostgresServer;
import io.github.seedance4j.adapter.store.crash.Child;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.standalone.HubProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixty-four threads that submit against a budget for a few of their jobs. What the provider
 * charged is looked at first and what the journal counts second, again and again while that moves:
 * the second is never less.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BudgetUnderLoadTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final int THREADS = 64;

  /** Create calls under way in all processes together. */
  private static final int CALLS = 9;

  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(JobState::isUnfinished)
          .collect(Collectors.toUnmodifiableSet());

  /** Between two looks at whether all jobs have ended. */
  private static final int LOOK = 50;

  @TempDir Path folder;

  /**
   * How much of it.
   *
   * @param jobs what the budget is for
   * @param each submissions of each thread
   * @param samples at least
   * @param pause before the provider answers a create, and half of what a task takes
   */
  private record Size(int jobs, int each, int samples, Duration pause) {
    static final Size SMALL = new Size(20, 10, 500, Duration.ofMillis(100));
    static final Size WHOLE = new Size(100, 1_000, 10_000, Duration.ofMillis(400));
  }

  /** What the provider does with money. */
  private enum Habit {
    WHOLE_SECONDS,
    REAL_LENGTH,
    CHARGES_FAILURES
  }

  @Test
  void isKeptByThreads() throws Exception {
    keeps(1, folder.resolve("journal.db").toString(), Habit.CHARGES_FAILURES, Size.SMALL);
  }

  @Tag("long")
  @Test
  void isKeptInOneProcessOnSqlite() throws Exception {
    keeps(1, folder.resolve("journal.db").toString(), Habit.WHOLE_SECONDS, Size.WHOLE);
  }

  @Tag("long")
  @Test
  void isKeptInOneProcessOnSqliteByRealLengths() throws Exception {
    keeps(1, folder.resolve("journal.db").toString(), Habit.REAL_LENGTH, Size.WHOLE);
  }

  @Tag("long")
  @Test
  void isKeptInOneProcessOnSqliteWithChargedFailures() throws Exception {
    keeps(1, folder.resolve("journal.db").toString(), Habit.CHARGES_FAILURES, Size.WHOLE);
  }

  @Tag("long")
  @Test
  void isKeptByThreeProcessesOnPostgres() throws Exception {
    keeps(3, PostgresServer.shared().newDatabase(), Habit.WHOLE_SECONDS, Size.WHOLE);
  }

  @Tag("long")
  @Test
  void isKeptByThreeProcessesOnPostgresByRealLengths() throws Exception {
    keeps(3, PostgresServer.shared().newDatabase(), Habit.REAL_LENGTH, Size.WHOLE);
  }

  @Tag("long")
  @Test
  void isKeptByThreeProcessesOnPostgresWithChargedFailures() throws Exception {
    keeps(3, PostgresServer.shared().newDatabase(), Habit.CHARGES_FAILURES, Size.WHOLE);
  }

  private void keeps(int processes, String address, Habit habit, Size size) throws Exception {
    try (HubProcess hub =
            HubProcess.builder()
                .billing(habit == Habit.WHOLE_SECONDS ? Billing.WHOLE_SECONDS : Billing.REAL_LENGTH)
                .taskTime(size.pause().multipliedBy(2))
                .start();
        JdbcJobJournal journal = Buyers.journal(address)) {
      behave(hub, habit, size.pause());
      journal.setBudget(Budget.ever(price(hub).times(size.jobs())));

      List<Child> children = start(processes, hub, address, size);
      try {
        assertThat(work(children, hub, journal, size))
            .as("what came of %d submissions", THREADS * size.each())
            .isEqualTo(List.of(size.jobs(), THREADS * size.each() - size.jobs(), 0));
      } finally {
        children.forEach(Child::close);
      }

      requireAtRest(hub, journal, habit, size.jobs());
      enterFigures(hub, address);
      LedgerAssertions.assertThat(hub.ledger()).agreesWith(spend(journal));
    }
  }

  private static void behave(HubProcess hub, Habit habit, Duration pause) {
    CreateFault later = new CreateFault.DelaysAnswer(pause);
    if (habit != Habit.CHARGES_FAILURES) {
      hub.sometimes(1, later);
      return;
    }
    hub.sometimes(0.5, later);
    hub.sometimes(0.2, later, new TaskFault.Fails("InternalServiceError", "It broke.", true));
    hub.sometimes(0.1, later, new TaskFault.EndsAs("expired", true));
    hub.sometimes(0.2, later, new TaskFault.Fails()); // its charge is given back, unsaid
  }

  /** What is held for one job. */
  private Money price(HubProcess hub) {
    try (VideoGeneration videos =
        Buyers.service(hub.baseUrl(), folder.resolve("prices.db").toString(), folder).build()) {
      return videos.quote(Buyers.draft("any clip")).hold();
    }
  }

  private List<Child> start(int processes, HubProcess hub, String address, Size size)
      throws Exception {
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      // 22, 21 and 21 are 64
      int threads = THREADS / processes + (i < THREADS % processes ? 1 : 0);
      children.add(
          Child.start(
              Buyers.class,
              List.of(
                  hub.baseUrl().toString(),
                  address,
                  folder.toString(),
                  "buyers-" + i,
                  Integer.toString(threads),
                  Integer.toString(size.each()),
                  Integer.toString(CALLS / processes)),
              folder.resolve("errors-" + i + ".txt")));
    }
    return children;
  }

  /** What came of the submissions: accepted, over budget, and whatever else. */
  private static List<Integer> work(
      List<Child> children, HubProcess hub, JdbcJobJournal journal, Size size) throws Exception {
    for (Child child : children) {
      assertThat(child.line()).as(child.errors()).isEqualTo("ready");
    }
    for (Child child : children) {
      child.say("buy");
    }
    List<CompletableFuture<String>> said =
        children.stream().map(child -> CompletableFuture.supplyAsync(child::line)).toList();

    Samples samples = new Samples();
    while (true) {
      samples.take(hub.ledgerFile(), journal);
      boolean look = samples.count % LOOK == 0 && samples.count >= size.samples();
      if (look && said.stream().allMatch(CompletableFuture::isDone) && isAtRest(journal)) {
        break;
      }
    }
    assertThat(samples.ledgers.size())
        .as("different amounts seen in the ledger in %d samples", samples.count)
        .isGreaterThan(size.jobs() / 4);

    List<Integer> came = new ArrayList<>(List.of(0, 0, 0));
    for (int i = 0; i < children.size(); i++) {
      String[] words = said.get(i).get().split(" ");
      for (int k = 0; k < came.size(); k++) {
        came.set(k, came.get(k) + Integer.parseInt(words[2 * k + 1]));
      }
      children.get(i).say("end");
      assertThat(children.get(i).exitCode()).as(children.get(i).errors()).isZero();
    }
    return came;
  }

  private static boolean isAtRest(JdbcJobJournal journal) {
    return journal.list(JobQuery.all().in(UNFINISHED).limit(1)).isEmpty();
  }

  /** What was seen of both books. */
  private static final class Samples {
    private int count;
    private final Set<Money> ledgers = new HashSet<>();

    void take(Path ledgerFile, JdbcJobJournal journal) throws IOException {
      Ledger ledger = Ledger.read(ledgerFile);
      Spend spend = spend(journal);
      LedgerAssertions.assertThat(ledger).isCoveredBy(spend);
      ledgers.add(Money.usd(ledger.total().toPlainString()));
      count++;
    }

    @Override
    public String toString() {
      return count + " samples, " + ledgers.size() + " different";
    }
  }

  private static void requireAtRest(
      HubProcess hub, JdbcJobJournal journal, Habit habit, int expected) {
    Ledger ledger = hub.ledger();
    List<Job> jobs = journal.list(JobQuery.all());
    Spend spend = spend(journal);
    assertThat(jobs).hasSize(expected);
    LedgerAssertions.assertThat(ledger)
        .chargedTimes(expected)
        .neverChargedMoreOftenThanAuthorised(jobs)
        .hasNoChargeWithoutAJob(jobs)
        .isCoveredBy(spend);
    assertThat(spend.held()).isEqualTo(Money.zero(USD));
    for (Job job : jobs) {
      Bill bill = job.bill().orElseThrow();
      Money charged = charged(ledger, job);
      boolean isSure = bill.basis() == Bill.Basis.COMPUTED && habit != Habit.WHOLE_SECONDS;
      assertThat(bill.amount()).as("%s", job).isGreaterThanOrEqualTo(charged);
      assertThat(isSure ? bill.amount() : charged).as("%s", job).isEqualByComparingTo(charged);
      assertThat(bill.basis())
          .as("%s", job)
          .isEqualTo(job.state() == JobState.STORED ? Bill.Basis.COMPUTED : Bill.Basis.UNCONFIRMED);
    }
    if (habit != Habit.CHARGES_FAILURES) {
      assertThat(jobs).allMatch(job -> job.state() == JobState.STORED);
    } else {
      assertThat(spend.unconfirmed()).isGreaterThan(Money.zero(USD));
    }
    if (habit == Habit.REAL_LENGTH) {
      LedgerAssertions.assertThat(ledger).agreesWith(spend);
    }
  }

  /** As somebody does who has the provider's account before them. */
  private void enterFigures(HubProcess hub, String address) {
    Ledger ledger = hub.ledger();
    try (VideoGeneration videos = Buyers.service(hub.baseUrl(), address, folder).build()) {
      for (Job job : videos.list(JobQuery.all())) {
        videos.settle(job.id(), charged(ledger, job));
      }
    }
  }

  private static Money charged(Ledger ledger, Job job) {
    return Money.usd(ledger.costOfTask(job.taskId().orElseThrow().value()).toPlainString());
  }

  private static Spend spend(JdbcJobJournal journal) {
    return journal.spend(Instant.EPOCH, USD, null);
  }
}
