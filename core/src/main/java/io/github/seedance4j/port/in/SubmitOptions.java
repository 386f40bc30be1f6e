package io.github.seedance4j.port.in;

import io.github.seedance4j.pricing.Money;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How to submit. Immutable; begins with {@link #none()} or {@link #idempotencyKey(String)}, and
 * each method returns a changed copy.
 */
public sealed interface SubmitOptions permits ChosenOptions {

  /** No key, and no limit but the budget's. */
  static SubmitOptions none() {
    return new ChosenOptions(null, null, null, null, () -> true);
  }

  /**
   * A name that the caller gives to this very submission, such as an order's id: submitting again
   * under it answers with the same job, whatever became of it, and never charges twice.
   *
   * @throws IllegalArgumentException if it is blank or longer than 255 characters
   */
  static SubmitOptions idempotencyKey(String key) {
    return new ChosenOptions(key, null, null, null, () -> true);
  }

  /**
   * Refuses the submission if the high end of its quote is more than that; if the prompt itself may
   * change length and resolution, if what would be held is. The bill may exceed it by a frame.
   *
   * @param maxCost in the currency of the prices
   */
  SubmitOptions maxCost(Money maxCost);

  /**
   * Names whose job it is, or what for: caps and lists can be kept to one label.
   *
   * @throws IllegalArgumentException if it is blank or longer than 255 characters
   */
  SubmitOptions label(String label);

  /**
   * Names the file that the clip is to become, which is kept with the job: whoever takes it up
   * after a crash puts it there too. If it exists by then, the clip gets the next free name.
   *
   * @param file made absolute
   */
  SubmitOptions clipTo(Path file);

  /**
   * Asks at the last moment, when there is a place among the create calls and nothing is recorded
   * yet: if the answer is false the submission is refused, and nothing is sent.
   *
   * @param wanted quick, and does not throw
   */
  SubmitOptions onlyIf(BooleanSupplier wanted);

  Optional<String> idempotencyKey();

  Optional<String> label();

  Optional<Path> clipTarget();

  Optional<Money> maxCost();

  BooleanSupplier wanted();
}
