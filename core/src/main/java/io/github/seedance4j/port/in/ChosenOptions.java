package io.github.seedance4j.port.in;

import io.github.seedance4j.pricing.Money;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one kind of {@link SubmitOptions}. That is an interface so that its factories can't be called
 * on options already made, which would silently drop a limit.
 */
final class ChosenOptions implements SubmitOptions {

  private static final int LONGEST_KEY = 255;

  private final @Nullable String idempotencyKey;
  private final @Nullable Money maxCost;

  ChosenOptions(@Nullable String idempotencyKey, @Nullable Money maxCost) {
    boolean usable =
        idempotencyKey == null
            || (!idempotencyKey.isBlank() && idempotencyKey.length() <= LONGEST_KEY);
    if (!usable) {
      throw new IllegalArgumentException("idempotencyKey: 1 to 255 characters, not blank");
    }
    this.idempotencyKey = idempotencyKey;
    this.maxCost = maxCost;
  }

  @Override
  public SubmitOptions maxCost(Money maxCost) {
    return new ChosenOptions(idempotencyKey, Objects.requireNonNull(maxCost, "maxCost"));
  }

  @Override
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  @Override
  public Optional<Money> maxCost() {
    return Optional.ofNullable(maxCost);
  }
}
