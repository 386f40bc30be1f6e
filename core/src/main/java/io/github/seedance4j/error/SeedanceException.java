package io.github.seedance4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all that is thrown on purpose, sorted by what the caller can do next: {@link
 * InvalidRequestException fix the request}, {@link AccountException fix credentials, balance or
 * cap}, {@link RetryLaterException wait and try again}, {@link GiveUpException give up or ask a
 * person}. Messages hold no secrets.
 */
public abstract sealed class SeedanceException extends RuntimeException
    permits InvalidRequestException, AccountException, RetryLaterException, GiveUpException {

  private static final long serialVersionUID = 1L;

  SeedanceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
