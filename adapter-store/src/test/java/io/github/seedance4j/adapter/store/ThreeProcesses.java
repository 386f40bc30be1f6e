package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.pricing.Money;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, eight threads in each, on one journal. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
abstract class ThreeProcesses {

  private static final Money CAP = Money.usd("10.00");

  private final TestDatabase database;

  @TempDir private Path directory;

  ThreeProcesses(TestDatabase database) {
    this.database = database;
  }

  @Test
  void giveABudgetForAHundredJobsToAHundred() throws Exception {
    String url = database.migrated(directory);
    try (JdbcJobJournal journal = database.journal(url)) {
      journal.setBudget(Budget.ever(CAP));
      List<Money> sampled = new ArrayList<>();

      List<String> admitted = work(url, RacingProcess.ADMIT, () -> sampled.add(spent(journal)));

      assertThat(admitted).hasSize(100).doesNotHaveDuplicates();
      assertThat(spent(journal)).isEqualTo(CAP);
      assertThat(sampled).isNotEmpty().noneMatch(spent -> spent.isMoreThan(CAP));
      assertThat(journal.list(JobQuery.all()).stream().map(job -> job.id().value()))
          .containsExactlyInAnyOrderElementsOf(admitted);
    }
  }

  @Test
  void takeUpEachJobOnce() throws Exception {
    String url = database.migrated(directory);
    try (JdbcJobJournal journal = database.journal(url)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Job job = Jobs.holding("0.10");
        journal.admit(job, List.of(), "nobody");
        ids.add(job.id().value());
      }

      List<String> claimed = work(url, RacingProcess.CLAIM, () -> {});

      assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  /** What each of three processes got, which began together. */
  private List<String> work(String url, String what, Runnable meanwhile) throws Exception {
    try (RacingProcess one = RacingProcess.start(database, url, what);
        RacingProcess two = RacingProcess.start(database, url, what);
        RacingProcess three = RacingProcess.start(database, url, what)) {
      List<RacingProcess> all = List.of(one, two, three);
      for (RacingProcess each : all) {
        each.ready();
      }
      for (RacingProcess each : all) {
        each.go();
      }
      CompletableFuture<List<String>> got = CompletableFuture.supplyAsync(() -> got(all));
      while (true) {
        try {
          return got.get(5, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          meanwhile.run();
        }
      }
    }
  }

  private static List<String> got(List<RacingProcess> all) {
    List<String> got = new ArrayList<>();
    for (RacingProcess each : all) {
      try {
        got.addAll(each.got());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return got;
  }

  private static Money spent(JdbcJobJournal journal) {
    return journal.spend(Instant.EPOCH, Currency.getInstance("USD"), null).total();
  }
}
