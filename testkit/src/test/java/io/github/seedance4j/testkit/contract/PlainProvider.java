package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.CreateReply.Phase;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A plain client, sound but for one flaw; without any it keeps to all rules. */
final class PlainProvider implements VideoProvider, VideoFetcher {

  private static final AtomicInteger SALT = new AtomicInteger();

  private final String key;
  private final URI base;
  private final @Nullable Flaw flaw;
  private final StringBuffer log;
  private final PlainWire wire;
  private final PlainReading reading;
  private final PlainFetcher fetcher;
  private final Set<TaskId> missed = ConcurrentHashMap.newKeySet();
  private final Set<TaskId> ran = ConcurrentHashMap.newKeySet();
  private final Exchanger<CreateReply> replies = new Exchanger<>();
  private volatile boolean closed;

  PlainProvider(String key, URI base, Duration deadline, @Nullable Flaw flaw, StringBuffer log) {
    boolean odd = flaw == Flaw.KEY_OF_ITS_OWN && !key.startsWith("th-");
    this.key = odd ? "th-of-its-own" : key;
    this.base = base;
    this.flaw = flaw;
    this.log = log;
    this.wire = new PlainWire(deadline, flaw);
    this.reading = new PlainReading(flaw, key);
    this.fetcher = new PlainFetcher(key, wire, flaw, log);
  }

  private boolean has(Flaw other) {
    return flaw == other;
  }

  @Override
  public ProviderAccount account() {
    return new ProviderAccount(
        "Plain",
        base.toString(),
        switch (Objects.requireNonNullElse(flaw, Flaw.OVERWRITES)) {
          case FINGERPRINT_IS_THE_KEY -> key;
          case FINGERPRINT_BEGINS_THE_KEY -> key.substring(0, 5);
          case FINGERPRINT_ENDS_AS_THE_KEY -> digest(key) + key.substring(key.length() - 4);
          case FINGERPRINT_OF_A_PART -> digest(key.substring(0, 5));
          case ONE_FINGERPRINT_FOR_ALL -> "f00d";
          default -> digest(key);
        });
  }

  private static String digest(String text) {
    return Judgements.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  @Override
  public Create prepare(GenerationRequest request) {
    String json = JsonWriter.write(request.draft().toMap());
    Charset charset = has(Flaw.ASCII_ONLY) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
    byte[] body = json.getBytes(charset);
    String digested =
        switch (Objects.requireNonNullElse(flaw, Flaw.OVERWRITES)) {
          case SALTED_DIGEST -> json + SALT.incrementAndGet();
          case DIGEST_OF_THE_MODEL -> "doubao-seedance-2.0";
          case DIGEST_OF_OTHER_BYTES -> json + "\n";
          default -> json;
        };
    String digest = Judgements.sha256(digested.getBytes(charset));
    if (has(Flaw.SENDS_WHEN_PREPARING)) {
      reply(body);
    }
    return new Create() {
      @Override
      public String bodySha256() {
        return digest;
      }

      @Override
      public CreateReply send() {
        if (closed && !has(Flaw.SENDS_WHEN_CLOSED)) {
          return new CreateReply.Broken(Phase.CLOSED, "closed");
        }
        CreateReply reply = reply(body);
        return has(Flaw.MIXES_UP_REPLIES) ? exchanged(reply) : reply;
      }
    };
  }

  /** With another thread that has one at the same time. */
  private CreateReply exchanged(CreateReply reply) {
    try {
      return replies.exchange(reply, 200, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return reply;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CreateReply reply(byte[] body) {
    try {
      PlainWire.Answer answer = wire.call(post(body));
      boolean again =
          (has(Flaw.RESENDS_ON_503) && answer.status() == 503)
              || (has(Flaw.RESENDS_ON_429) && answer.status() == 429);
      return reply(again ? wire.call(post(body)) : answer);
    } catch (IOException e) {
      return broken(body, e);
    }
  }

  private CreateReply broken(byte[] body, IOException e) {
    boolean late = e instanceof PlainWire.LateException;
    if (late ? has(Flaw.RESENDS_WHEN_LATE) : has(Flaw.RESENDS_WHEN_BROKEN)) {
      try {
        return reply(wire.call(post(body)));
      } catch (IOException again) {
        return new CreateReply.Broken(Phase.SENT, "broken twice");
      }
    }
    if (has(Flaw.BROKEN_REPLY_IS_REFUSED)) {
      return refusal();
    }
    boolean unsent =
        (e instanceof ConnectException && !has(Flaw.REFUSED_CONNECTION_IS_UNKNOWN))
            || has(Flaw.LOST_IS_NOT_SENT);
    String what = e.getClass().getSimpleName() + (has(Flaw.KEY_IN_MESSAGES) ? " with " + key : "");
    return new CreateReply.Broken(unsent ? Phase.CONNECT : Phase.SENT, what);
  }

  private CreateReply.Answered refusal() {
    return new CreateReply.Answered(400, null, reading.without(400), null);
  }

  private CreateReply reply(PlainWire.Answer answer) {
    int status = answer.status();
    byte[] body = answer.body();
    boolean success = has(Flaw.ONLY_200_COUNTS) ? status == 200 : status / 100 == 2;
    Map<?, ?> tree = reading.object(body).orElse(null);
    TaskId id = tree == null || !success ? null : reading.id(tree);
    boolean refused =
        (has(Flaw.NO_ID_IS_REFUSED) && success && tree != null && id == null)
            || (has(Flaw.EMPTY_IS_REFUSED) && success && body.length == 0)
            || (has(Flaw.DISORDER_IS_REFUSED)
                && success
                && tree == null
                && PlainReading.looksBroken(body))
            || (has(Flaw.SERVER_ERROR_IS_REFUSED) && status >= 500);
    if (refused) {
      return refusal();
    }
    ProviderFault fault =
        success || tree == null
            ? null
            : reading.fault(tree, status, answer.header("X-Request-Id")).orElse(null);
    Duration wait =
        has(Flaw.IGNORES_RETRY_AFTER) ? null : reading.retryAfter(answer.header("Retry-After"));
    return new CreateReply.Answered(status, id, fault, wait);
  }

  @Override
  public VideoTask task(TaskId id) {
    if (has(Flaw.REMEMBERS_404) && missed.contains(id)) {
      throw new NotFoundException("task " + id);
    }
    PlainWire.Answer answer;
    try {
      answer = wire.call(request("/" + id).GET().build());
    } catch (IOException e) {
      boolean late = e instanceof PlainWire.LateException;
      if (late ? has(Flaw.LATE_POLL_IS_FAILED) : has(Flaw.RESET_POLL_IS_FAILED)) {
        return failed(id);
      }
      throw later("no answer", null);
    }
    return answer.status() == 200 ? told(id, answer) : refused(id, answer);
  }

  private VideoTask told(TaskId id, PlainWire.Answer answer) {
    Map<?, ?> tree = reading.object(answer.body()).orElse(Map.of());
    TaskState state = reading.state(tree).orElse(null);
    TaskId other = reading.id(tree);
    if (state == null && has(Flaw.NONSENSE_IS_RUNNING)) {
      state = new TaskState.Running();
    }
    boolean strange = other != null && !other.equals(id) && !has(Flaw.TRUSTS_ANY_ID);
    if (state == null || strange) {
      throw later("an answer that makes no sense", null);
    }
    if (has(Flaw.NEVER_GOES_BACK)) {
      if (state instanceof TaskState.Running) {
        ran.add(id);
      } else if (state instanceof TaskState.Queued && ran.contains(id)) {
        state = new TaskState.Running();
      }
    }
    Instant created =
        tree.get("created") instanceof BigDecimal seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : null;
    return new VideoTask(id, state, PlainReading.text(tree.get("model")), created);
  }

  private VideoTask refused(TaskId id, PlainWire.Answer answer) {
    Map<?, ?> tree = reading.object(answer.body()).orElse(Map.of());
    ProviderFault fault =
        reading.fault(tree, answer.status(), null).orElse(reading.without(answer.status()));
    Duration wait =
        has(Flaw.IGNORES_RETRY_AFTER_OF_POLLS)
            ? null
            : reading.retryAfter(answer.header("Retry-After"));
    switch (answer.status()) {
      case 404 -> {
        missed.add(id);
        if (has(Flaw.UNKNOWN_TASK_IS_FAILED)) {
          return failed(id);
        }
        if (has(Flaw.BOOKS_LOST_TASKS_ANEW)) {
          prepare(ProviderTrial.request("once more")).send();
        }
        throw new NotFoundException("task " + id);
      }
      case 401, 402, 403 -> {
        if (has(Flaw.WRONG_KEY_IS_TROUBLE)) {
          throw later("status " + answer.status(), null);
        }
        throw new AccountException(fault.text(), fault);
      }
      default -> {
        if (has(Flaw.POLL_ERROR_IS_FAILED)) {
          return failed(id);
        }
        throw later("status " + answer.status(), wait);
      }
    }
  }

  private VideoTask failed(TaskId id) {
    return new VideoTask(id, new TaskState.Failed(reading.without(0)), null, null);
  }

  private RetryLaterException later(String what, @Nullable Duration wait) {
    return new RetryLaterException(
        what + (has(Flaw.KEY_IN_MESSAGES) ? " with " + key : ""), wait, null);
  }

  private HttpRequest post(byte[] body) {
    return request("").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
  }

  private HttpRequest.Builder request(String path) {
    if (has(Flaw.KEY_IN_THE_LOG)) {
      log.append("Authorization: Bearer ").append(key).append('\n');
    }
    String query = has(Flaw.KEY_IN_THE_QUERY) ? "?key=" + key : "";
    return HttpRequest.newBuilder(URI.create(base + "/videos/generations" + path + query))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<Progress> progress) throws IOException {
    return fetcher.fetch(url, target, progress);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "PlainProvider[" + (has(Flaw.KEY_IN_ITS_TEXT) ? key : base) + "]";
  }
}
