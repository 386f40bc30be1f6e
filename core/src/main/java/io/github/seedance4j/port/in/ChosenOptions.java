package io.github.seedance4j.port.in;

import io.github.seedance4j.pricing.Money;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one kind of {@link SubmitOptions}. That is an interface so that its factories can't be called
 * on options already made, which would silently drop a limit.
 */
final class ChosenOptions implements SubmitOptions {

  private static final int LONGEST = 255;

  private final @Nullable String idempotencyKey;
  private final @Nullable Money maxCost;
  private final @Nullable String label;
  private final @Nullable Path clipTarget;
  private final BooleanSupplier wanted;

  ChosenOptions(
      @Nullable String idempotencyKey,
      @Nullable Money maxCost,
      @Nullable String label,
      @Nullable Path clipTarget,
      BooleanSupplier wanted) {
    requireUsable("idempotencyKey", idempotencyKey);
    requireUsable("label", label);
    this.idempotencyKey = idempotencyKey;
    this.maxCost = maxCost;
    this.label = label;
    this.clipTarget = clipTarget;
    this.wanted = wanted;
  }

  private static void requireUsable(String what, @Nullable String name) {
    if (name != null && (name.isBlank() || name.length() > LONGEST)) {
      throw new IllegalArgumentException(what + ": 1 to " + LONGEST + " characters, not blank");
    }
  }

  @Override
  public SubmitOptions maxCost(Money maxCost) {
    Objects.requireNonNull(maxCost, "maxCost");
    return new ChosenOptions(idempotencyKey, maxCost, label, clipTarget, wanted);
  }

  @Override
  public SubmitOptions label(String label) {
    Objects.requireNonNull(label, "label");
    return new ChosenOptions(idempotencyKey, maxCost, label, clipTarget, wanted);
  }

  @Override
  public SubmitOptions clipTo(Path file) {
    return new ChosenOptions(idempotencyKey, maxCost, label, file.toAbsolutePath(), wanted);
  }

  @Override
  public SubmitOptions onlyIf(BooleanSupplier wanted) {
    Objects.requireNonNull(wanted, "wanted");
    return new ChosenOptions(idempotencyKey, maxCost, label, clipTarget, wanted);
  }

  @Override
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  @Override
  public Optional<Money> maxCost() {
    return Optional.ofNullable(maxCost);
  }

  @Override
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  @Override
  public Optional<Path> clipTarget() {
    return Optional.ofNullable(clipTarget);
  }

  @Override
  public BooleanSupplier wanted() {
    return wanted;
  }
}
