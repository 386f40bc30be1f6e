package io.github.seedance4j.testkit.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Sees to it that a subject without a deadline fails a rule, rather than to keep it for ever. */
final class InTime {

  /** What a machine that is busy may take longer than a deadline says. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private InTime() {}

  /**
   * What the call gives.
   *
   * @throws AssertionError if it takes longer than the subject's deadline and some grace
   */
  static <T> T of(ContractSubject<?> subject, Supplier<T> call) {
    Duration most = subject.deadline().plus(GRACE);
    CompletableFuture<T> result =
        CompletableFuture.supplyAsync(
            call,
            task -> {
              Thread thread = new Thread(task, "contract-in-time");
              thread.setDaemon(true);
              thread.start();
            });
    try {
      return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "still at it after " + most + ", the deadline is " + subject.deadline(), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
