package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Problems;
import io.github.seedance4j.adapter.rest.exchange.Refusal;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Replays;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.tenant.StoredAnswer;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/videos/generations}: judged, priced, held, recorded, sent once. Under an
 * {@code Idempotency-Key} the same request gets the byte-identical answer for a day, and is charged
 * once for ever. Thread-safe.
 */
public final class Submissions {

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

  /** Each holds one of the server's 64 workers while the provider thinks; the rest is for reads. */
  private static final int MOST_AT_ONCE = 48;

  private static final Duration SOON = Duration.ofSeconds(1);

  private final VideoGeneration videos;
  private final Replays replays;
  private final Forms forms;
  private final Supplier<Optional<Problem>> trouble;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param trouble why no paid work may be taken just now, if so
   */
  public Submissions(
      VideoGeneration videos, Replays replays, Forms forms, Supplier<Optional<Problem>> trouble) {
    this.videos = videos;
    this.replays = replays;
    this.forms = forms;
    this.trouble = trouble;
  }

  /** Answers the request. */
  public void create(Context request, Caller caller) {
    requireJson(request);
    byte[] body = request.bodyAsBytes();
    String key = request.header("Idempotency-Key");
    if (key == null) {
      answer(request, submitted(request, caller, body, null));
      return;
    }
    if (!KEY.matcher(key).matches()) {
      throw Problem.of(
              List.of(
                  new Problem.Violation(
                      "idempotency-key-unusable",
                      "Idempotency-Key",
                      "Idempotency-Key: 1 to 128 printable ASCII characters without spaces")))
          .refusal();
    }
    Replays.Turn turn = replays.begin(caller.key().tenant(), key, sha256(body));
    if (turn instanceof Replays.Turn.Again again) {
      request.header("Idempotency-Replayed", "true");
      answer(request, again.answer());
    } else if (turn instanceof Replays.Turn.First first) {
      answer(request, first(request, caller, body, first.ticket()));
    } else if (turn instanceof Replays.Turn.OtherBody) {
      throw otherRequest();
    } else {
      request.header("Idempotency-Replayed", "true");
      answer(request, beingAnswered(caller, key));
    }
  }

  /**
   * Whoever is answering may have died meanwhile: once it is known what became of the job, its
   * answer is known too.
   */
  private StoredAnswer beingAnswered(Caller caller, String key) {
    return videos
        .findByKey(jobKey(caller, key))
        .filter(job -> job.state() != JobState.INTENDED && job.state() != JobState.REJECTED)
        .map(Submissions::made)
        .orElseThrow(
            () ->
                Problem.of(
                        ProblemType.IN_FLIGHT,
                        "A request with this Idempotency-Key is being answered: ask again in a"
                            + " moment.")
                    .retryAfter(SOON)
                    .refusal());
  }

  /** Tenants' names hold no slash. */
  private static String jobKey(Caller caller, String key) {
    return caller.tenant() + "/" + key;
  }

  /** What is kept, is kept before it is given; where nothing came of it, the key is free again. */
  private StoredAnswer first(Context request, Caller caller, byte[] body, Replays.Ticket ticket) {
    StoredAnswer answer;
    try {
      answer = submitted(request, caller, body, ticket.key());
    } catch (RuntimeException | Error e) {
      if (e instanceof Refusal refusal && refusal.problem().more().containsKey("id")) {
        // the provider has refused the job that this key belongs to
        Problem problem = refusal.problem();
        answer = new StoredAnswer(problem.type().status(), Problem.CONTENT_TYPE, problem.body());
      } else {
        replays.release(ticket);
        throw e;
      }
    }
    replays.complete(ticket, answer);
    return answer;
  }

  private StoredAnswer submitted(
      Context request, Caller caller, byte[] body, @Nullable String key) {
    GenerationDraft draft = Json.draft(body, caller.extraFields());
    forms.require(draft, Language.of(request));
    SubmitOptions options =
        (key == null ? SubmitOptions.none() : SubmitOptions.idempotencyKey(jobKey(caller, key)))
            .label(caller.tenant());
    if (!places.tryAcquire()) {
      throw Problem.of(ProblemType.BUSY, MOST_AT_ONCE + " requests are being sent already.")
          .retryAfter(SOON)
          .refusal();
    }
    try {
      trouble
          .get()
          .ifPresent(
              problem -> {
                throw problem.refusal();
              });
      return videos
          .submit(draft, options)
          .match(
              Submissions::made,
              refused -> refuse(refused, key, request),
              over -> tooDear(over, caller),
              Submissions::made);
    } finally {
      places.release();
    }
  }

  private static StoredAnswer made(Job job) {
    return new StoredAnswer(200, Json.CONTENT_TYPE, Json.write(JobView.created(job)));
  }

  private static StoredAnswer refuse(
      Submission.Refused refused, @Nullable String key, Context request) {
    if (!refused.violations().isEmpty()) {
      throw Problem.of(Problems.violations(refused.violations(), Language.of(request))).refusal();
    }
    if (refused.fault() != null) {
      Job job = refused.job();
      throw (job == null
              ? Problems.ofAnother(refused.fault())
              : Problems.of(refused.fault()).with("id", job.id().value()))
          .refusal();
    }
    throw key == null
        ? Problem.of(ProblemType.PROVIDER_REFUSED, refused.reason()).refusal()
        : otherRequest();
  }

  private static RuntimeException otherRequest() {
    return Problem.of(
            ProblemType.KEY_REUSED,
            "This Idempotency-Key was used for another request: take a new one for a new request.")
        .refusal();
  }

  /** What is left of a cap is told to those alone whose jobs count against it. */
  private static StoredAnswer tooDear(Submission.OverBudget over, Caller caller) {
    Budget budget = over.budget();
    boolean own = budget == null || caller.isAdmin() || caller.tenant().equals(budget.label());
    Problem problem =
        Problem.of(
                ProblemType.OVER_BUDGET,
                "It costs "
                    + over.quote()
                    + ", for which "
                    + over.quote().hold()
                    + " would be held, and "
                    + (own
                        ? over.limit() + " has " + over.left() + " left."
                        : "the gateway's own budget has less left."))
            .with("quote", QuoteView.of(over.quote()));
    throw (own ? problem.with("left", over.left().plain()) : problem).refusal();
  }

  private static void answer(Context request, StoredAnswer answer) {
    request.status(answer.status()).contentType(answer.contentType()).result(answer.body());
  }

  /** Only what a page elsewhere can't send without being asked: no form, no plain text. */
  static void requireJson(Context request) {
    // the servlet's own reading of it fails on a charset that it does not know
    String type = String.valueOf(request.header("Content-Type"));
    int end = type.indexOf(';');
    if (!Json.CONTENT_TYPE.equalsIgnoreCase((end < 0 ? type : type.substring(0, end)).strip())) {
      throw Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send it as Content-Type: application/json.")
          .refusal();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
