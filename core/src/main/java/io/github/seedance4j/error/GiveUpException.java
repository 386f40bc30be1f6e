package io.github.seedance4j.error;

import org.jspecify.annotations.Nullable;

/** Trying again won't help: give up, or ask a person. */
public sealed class GiveUpException extends SeedanceException
    permits TaskFailedException, OutcomeUnknownException, LinkExpiredException, NotFoundException {

  private static final long serialVersionUID = 1L;

  public GiveUpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
