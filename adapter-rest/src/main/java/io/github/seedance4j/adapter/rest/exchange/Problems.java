package io.github.seedance4j.adapter.rest.exchange;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.task.ProviderFault;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Turns what went wrong into problems, and problems into answers. */
public final class Problems {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");

  private Problems() {}

  /** Answers with that problem. */
  public static void answer(Context request, Problem problem) {
    request.status(problem.type().status()).contentType(Problem.CONTENT_TYPE);
    Duration wait = problem.retryAfter();
    if (wait != null) {
      request.header("Retry-After", Long.toString(Math.max(1, (wait.toMillis() + 999) / 1_000)));
    }
    if (problem.type().status() == 401) {
      request.header("WWW-Authenticate", "Bearer realm=\"seedance4j\"");
    }
    request.result(problem.body());
  }

  /** What that is to a caller. What nobody foresaw is logged, and told of without its words. */
  public static Problem of(Throwable failure, Context request) {
    if (failure instanceof Refusal refusal) {
      return refusal.problem();
    }
    if (failure instanceof InvalidRequestException invalid) {
      return invalid.violations().isEmpty()
          ? invalid
              .fault()
              .map(Problems::of)
              .orElse(Problem.of(ProblemType.INVALID_REQUEST, text(failure)))
          : Problem.of(violations(invalid.violations(), Language.of(request)));
    }
    if (failure instanceof OverBudgetException over) {
      // not its own words: they name the cap, which may be on all tenants together
      return Problem.of(
          ProblemType.OVER_BUDGET,
          "For this " + over.quote().hold() + " would be held, and a budget has less left.");
    }
    if (failure instanceof NotFoundException) {
      return Problem.of(ProblemType.NOT_FOUND, text(failure));
    }
    if (failure instanceof RetryLaterException later) {
      // its words may name files and hosts, which are none of a tenant's
      LOG.log(System.Logger.Level.WARNING, named(request) + " has to wait: " + text(failure));
      return Problem.of(ProblemType.UNAVAILABLE, "Nothing is known to have been sent; ask again.")
          .retryAfter(later.retryAfter().orElse(Duration.ofSeconds(5)));
    }
    if (failure instanceof HttpResponseException http) {
      return ofStatus(http.getStatus());
    }
    LOG.log(System.Logger.Level.ERROR, named(request) + " failed", failure);
    return Problem.of(
        ProblemType.INTERNAL, "Nothing is known to have been sent; the gateway's log has more.");
  }

  /** The route, not the address, which may hold a signature. */
  private static String named(Context request) {
    return request.method() + " " + request.endpoint().path;
  }

  private static String text(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> Problem.of(ProblemType.NOT_FOUND, "There is nothing at this address.");
      case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This address takes other methods.");
      case 413 -> Problem.of(ProblemType.TOO_LARGE, "The body is larger than is taken here.");
      default -> Problem.of(ProblemType.INVALID_REQUEST, "The request can't be understood.");
    };
  }

  /** What the rules say, in that language. */
  public static List<Problem.Violation> violations(List<Finding> findings, Locale language) {
    return findings.stream()
        .map(
            finding ->
                new Problem.Violation(
                    finding.rule().code(), finding.path(), finding.message(language)))
        .toList();
  }

  /** Why the provider refused it, in its own words. */
  public static Problem of(ProviderFault fault) {
    return Problem.of(type(fault), fault.text()).code(fault.code());
  }

  /** The same without its words, which were said of somebody else's request. */
  public static Problem ofAnother(ProviderFault fault) {
    return Problem.of(type(fault), fault.kind().hint());
  }

  private static ProblemType type(ProviderFault fault) {
    return switch (fault.kind()) {
      case BALANCE -> ProblemType.NO_CREDIT;
      case CREDENTIALS, PERMISSION -> ProblemType.PROVIDER_ACCOUNT;
      case PROVIDER -> ProblemType.PROVIDER_FAILED;
      case RATE_LIMIT -> ProblemType.RATE_LIMITED;
      default -> ProblemType.PROVIDER_REFUSED;
    };
  }
}
