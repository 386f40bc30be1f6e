package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Problems;
import io.github.seedance4j.adapter.rest.exchange.Refusal;
import io.github.seedance4j.adapter.rest.exchange.Sha256;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.adapter.rest.server.Waited;
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
import java.time.Duration;
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

  /** Each holds one of the server's 96 workers while the provider thinks; the rest is for reads. */
  private static final int MOST_AT_ONCE = 48;

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(10);
  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");

  private final VideoGeneration videos;
  private final Replays replays;
  private final Forms forms;
  private final Supplier<Optional<Problem>> trouble;
  private final Duration patience;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param trouble why no paid work may be taken just now, if so
   * @param patience how long clients wait for their answer: whoever has gone may have asked again,
   *     so that what waited longer for its turn is not sent
   */
  public Submissions(
      VideoGeneration videos,
      Replays replays,
      Forms forms,
      Supplier<Optional<Problem>> trouble,
      Duration patience) {
    this.videos = videos;
    this.replays = replays;
    this.forms = forms;
    this.trouble = trouble;
    this.patience = patience;
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
    Replays.Turn turn = replays.begin(caller.key().tenant(), key, Sha256.hex(body));
    if (turn instanceof Replays.Turn.Again again) {
      replay(request, again.answer());
    } else if (turn instanceof Replays.Turn.First first) {
      answer(request, first(request, caller, body, first.ticket()));
    } else if (turn instanceof Replays.Turn.OtherBody) {
      throw otherRequest();
    } else {
      replay(request, beingAnswered(caller, body, key));
    }
  }

  /**
   * Whoever is answering may have died meanwhile: once it is known what became of the job, its
   * answer is known too.
   */
  private StoredAnswer beingAnswered(Caller caller, byte[] body, String key) {
    GenerationDraft draft = Json.draft(body, caller.extraFields());
    return videos
        .findByKey(jobKey(caller, key))
        .filter(job -> job.state() != JobState.INTENDED && job.state() != JobState.REJECTED)
        .filter(job -> job.draft().equals(draft)) // else of a time that nobody remembers
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

  /**
   * What is kept, is kept before it is given; where nothing came of it, the key is free again. What
   * can't be kept is given all the same: the job is recorded and answers alike, and an error would
   * say of what is paid for that nothing was sent.
   */
  private StoredAnswer first(Context request, Caller caller, byte[] body, Replays.Ticket ticket) {
    StoredAnswer answer = submittedOrRefused(request, caller, body, ticket);
    tried(() -> replays.complete(ticket, answer), ticket);
    return answer;
  }

  private StoredAnswer submittedOrRefused(
      Context request, Caller caller, byte[] body, Replays.Ticket ticket) {
    try {
      return submitted(request, caller, body, ticket.key());
    } catch (RuntimeException | Error e) {
      if (e instanceof Refusal refusal && refusal.problem().more().containsKey("id")) {
        // the provider has refused the job that this key belongs to
        Problem problem = refusal.problem();
        return new StoredAnswer(problem.type().status(), Problem.CONTENT_TYPE, problem.body());
      }
      tried(() -> replays.release(ticket), ticket);
      throw e;
    }
  }

  private static void tried(Runnable record, Replays.Ticket ticket) {
    try {
      record.run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a key of " + ticket.tenant() + " stays taken for a while",
          e);
    }
  }

  private StoredAnswer submitted(
      Context request, Caller caller, byte[] body, @Nullable String key) {
    GenerationDraft draft = Json.draft(body, caller.extraFields());
    forms.require(draft, Language.of(request));
    SubmitOptions options =
        (key == null ? SubmitOptions.none() : SubmitOptions.idempotencyKey(jobKey(caller, key)))
            .label(caller.tenant())
            .onlyIf(() -> Waited.since(request.req()).compareTo(patience) < 0);
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
              refused -> refuse(refused, request),
              over -> tooDear(over, caller),
              Submissions::made);
    } finally {
      places.release();
    }
  }

  private static StoredAnswer made(Job job) {
    requireKept(job);
    return new StoredAnswer(200, Json.CONTENT_TYPE, Json.write(JobView.created(job)));
  }

  /** Of one that was purged it can't be told any more whether it was the same request. */
  private static void requireKept(Job job) {
    if (job.isPurged()) {
      throw Problem.of(
              ProblemType.KEY_REUSED,
              "This Idempotency-Key was used for a generation that is kept no longer: take a new"
                  + " one for a new request.")
          .refusal();
    }
  }

  private static StoredAnswer refuse(Submission.Refused refused, Context request) {
    if (!refused.violations().isEmpty()) {
      throw Problem.of(Problems.violations(refused.violations(), Language.of(request))).refusal();
    }
    if (refused.fault() != null) {
      Job job = refused.job();
      if (job != null) {
        requireKept(job);
      }
      throw (job == null
              ? Problems.ofAnother(refused.fault())
              : Problems.of(refused.fault()).with("id", job.id().value()))
          .refusal();
    }
    throw refused.job() == null ? waitedTooLong() : otherRequest();
  }

  private static RuntimeException waitedTooLong() {
    return Problem.of(
            ProblemType.BUSY,
            "It waited too long for its turn, as the provider is slow; nothing was sent.")
        .retryAfter(LATER)
        .refusal();
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

  private static void replay(Context request, StoredAnswer answer) {
    request.header("Idempotency-Replayed", "true");
    answer(request, answer);
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
}
