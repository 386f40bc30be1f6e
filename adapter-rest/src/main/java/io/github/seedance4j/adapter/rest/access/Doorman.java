package io.github.seedance4j.adapter.rest.access;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Route;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.tenant.AccessKey;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers in by their key, asked for anew at each request: what is revoked is out at once.
 * Thread-safe.
 */
public final class Doorman {

  private static final String SCHEME = "Bearer ";

  private final AccessKeys keys;
  private final RateLimits limits;
  private final SignedLinks links;

  public Doorman(AccessKeys keys, RateLimits limits, SignedLinks links) {
    this.keys = keys;
    this.limits = limits;
    this.links = links;
  }

  /**
   * Who that is.
   *
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal if nobody may do this without, with
   *     that, or so often with that key
   */
  public Caller admit(Route route, Context request) {
    Route.Access access = route.access();
    if (access == Route.Access.OPEN) {
      return Caller.nobody();
    }
    if (access == Route.Access.SIGNED && links.isSigned(request)) {
      links.require(request);
      return Caller.nobody();
    }
    AccessKey key = keyOf(request);
    Optional<Duration> wait = limits.take(key);
    if (wait.isPresent()) {
      throw Problem.of(
              ProblemType.RATE_LIMITED,
              "This key may make " + key.perMinute() + " requests a minute.")
          .retryAfter(wait.get())
          .refusal();
    }
    if (access == Route.Access.ADMIN && !key.isAdmin()) {
      throw Problem.of(ProblemType.ADMIN_ONLY, "An admin's key can do this; yours is a tenant's.")
          .refusal();
    }
    return Caller.of(key);
  }

  private AccessKey keyOf(Context request) {
    String secret = secret(request.header("Authorization"));
    if (secret == null) {
      throw refusal(
          ProblemType.KEY_REQUIRED, "Send one with the request: Authorization: Bearer sgw_…");
    }
    return keys.authenticate(secret)
        .orElseThrow(
            () ->
                refusal(
                    ProblemType.KEY_UNKNOWN,
                    "The key is unknown or was revoked. One of TokenHub's own is none here."));
  }

  private static RuntimeException refusal(ProblemType type, String detail) {
    return Problem.of(type, detail).refusal();
  }

  private static @Nullable String secret(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    return authorization.substring(SCHEME.length()).strip();
  }
}
