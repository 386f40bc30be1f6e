package io.github.seedance4j.error;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.task.ProviderFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fix the request: the rules or the provider refused it, and nothing was charged. */
public final class InvalidRequestException extends SeedanceException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> violations;
  private final transient @Nullable ProviderFault fault;

  /** Refused by the rules, before anything was sent. */
  public InvalidRequestException(List<Finding> violations) {
    super(
        violations.stream()
            .map(v -> v.entry() + ": " + v.message(Locale.ROOT))
            .collect(Collectors.joining("; ", "the request breaks the rules: ", "")),
        null);
    this.violations = List.copyOf(violations);
    this.fault = null;
  }

  /** Refused for the reason given, by the provider where there is a fault. */
  public InvalidRequestException(String message, @Nullable ProviderFault fault) {
    super(message, null);
    this.violations = List.of();
    this.fault = fault;
  }

  /** Every rule that was broken; empty where the provider refused it. */
  public List<Finding> violations() {
    return violations;
  }

  /** The provider's reason, where it refused it. */
  public Optional<ProviderFault> fault() {
    return Optional.ofNullable(fault);
  }
}
