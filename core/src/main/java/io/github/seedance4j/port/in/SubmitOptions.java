package io.github.seedance4j.port.in;

import io.github.seedance4j.pricing.Money;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How to submit. Immutable; each method returns a changed copy. */
public final class SubmitOptions {

  private static final SubmitOptions NONE = new SubmitOptions(null, null);
  private static final int LONGEST_KEY = 255;

  private final @Nullable String idempotencyKey;
  private final @Nullable Money maxCost;

  private SubmitOptions(@Nullable String idempotencyKey, @Nullable Money maxCost) {
    this.idempotencyKey = idempotencyKey;
    this.maxCost = maxCost;
  }

  /** No key, and no limit but the budget's. */
  public static SubmitOptions none() {
    return NONE;
  }

  /**
   * A name that the caller gives to this very submission, such as an order's id: submitting again
   * under it answers with the same job, whatever became of it, and never charges twice.
   *
   * @throws IllegalArgumentException if it is blank or longer than 255 characters
   */
  public static SubmitOptions idempotencyKey(String key) {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("key: 1 to 255 characters, not blank");
    }
    return new SubmitOptions(key, null);
  }

  /** Refuses the submission if the high end of its quote is more than that, in its currency. */
  public SubmitOptions maxCost(Money maxCost) {
    return new SubmitOptions(idempotencyKey, Objects.requireNonNull(maxCost, "maxCost"));
  }

  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  public Optional<Money> maxCost() {
    return Optional.ofNullable(maxCost);
  }
}
