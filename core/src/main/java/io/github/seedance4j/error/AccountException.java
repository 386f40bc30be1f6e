package io.github.seedance4j.error;

import io.github.seedance4j.task.ProviderFault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fix the key, the balance, the permission or the cap; the same request may pass then. */
public sealed class AccountException extends SeedanceException permits OverBudgetException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable ProviderFault fault;

  public AccountException(String message, @Nullable ProviderFault fault) {
    super(message, null);
    this.fault = fault;
  }

  /** The provider's reason, where it gave one. */
  public Optional<ProviderFault> fault() {
    return Optional.ofNullable(fault);
  }
}
