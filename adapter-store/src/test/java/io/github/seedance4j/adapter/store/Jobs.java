package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Lease;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.FailedTasks;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Terms;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.task.TaskId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs to put into a journal, each with an id and a prompt of its own. */
final class Jobs {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", "https://hub.example/v1", "f00d");

  /** Two processes never name the same job. */
  private static final String PROCESS = Long.toString(ProcessHandle.current().pid(), 36);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private Jobs() {}

  static Job.Change intended() {
    JobId id = new JobId(String.format("job-%s%08d", PROCESS, NUMBERS.incrementAndGet()));
    GenerationDraft draft =
        GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat, " + id).build();
    return Job.intended(id, ACCOUNT, draft, NOON);
  }

  static Job holding(String dollars) {
    return intended().quote(quote(dollars)).done();
  }

  static Job keyed(String key) {
    return intended().quote(quote("1.00")).idempotencyKey(key).done();
  }

  static Job submitted(Job job) {
    return job.change()
        .state(JobState.SUBMITTED, NOON)
        .taskId(new TaskId("cgt-" + job.id()))
        .done();
  }

  static Quote quote(String hold) {
    Money money = Money.usd(hold);
    Money none = Money.usd("0");
    return new Quote(
        money,
        money,
        money,
        List.of(),
        List.of(),
        LocalDate.of(2026, 11, 1),
        new Terms(new BigDecimal("0.20"), true, none, none, true, FailedTasks.UNCONFIRMED));
  }

  /** A lease of thirty seconds from noon on. */
  static Lease lease(String owner) {
    return new Lease(owner, NOON, Duration.ofSeconds(30));
  }
}
