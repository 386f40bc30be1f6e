package com.example.own;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.CreateReply.Phase;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A provider over the JDK's HTTP client, as short as the rules let it be. */
final class OwnProvider implements VideoProvider {

  private static final System.Logger LOG = System.getLogger("com.example.own");
  private static final int LONGEST_ANSWER = 1 << 20;

  private final String key;
  private final URI base;
  private final Duration deadline;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(); // follows no redirect
  private final ExecutorService calls = Executors.newCachedThreadPool(OwnProvider::daemon);
  private volatile boolean closed;

  OwnProvider(String key, URI base, Duration deadline) {
    this.key = key;
    this.base = base;
    this.deadline = deadline;
  }

  @Override
  public ProviderAccount account() {
    String digest = sha256(key.getBytes(StandardCharsets.UTF_8));
    return new ProviderAccount("Own", base.toString(), digest.substring(0, 12));
  }

  @Override
  public Create prepare(GenerationRequest request) {
    byte[] body = OwnJson.write(request.draft().toMap()); // as its author spelt it
    String digest = sha256(body);
    return new Create() {
      @Override
      public String bodySha256() {
        return digest;
      }

      @Override
      public CreateReply send() {
        return create(body);
      }
    };
  }

  /** One request, whatever comes back: who sends it twice may pay twice. */
  private CreateReply create(byte[] body) {
    if (closed) {
      return new CreateReply.Broken(Phase.CLOSED, "closed");
    }
    try {
      OwnAnswer answer = call(to("").POST(BodyPublishers.ofByteArray(body)).build());
      boolean taken = answer.status() / 100 == 2;
      return new CreateReply.Answered(
          answer.status(),
          taken ? answer.id() : null,
          taken ? null : answer.fault(),
          answer.retryAfter());
    } catch (ConnectException e) {
      return new CreateReply.Broken(Phase.CONNECT, "nobody listens");
    } catch (IOException e) {
      return new CreateReply.Broken(Phase.SENT, e.getClass().getSimpleName());
    }
  }

  @Override
  public VideoTask task(TaskId id) {
    if (closed) {
      throw new RetryLaterException("closed", null, null);
    }
    OwnAnswer answer;
    try {
      answer = call(to("/" + id).GET().build());
    } catch (IOException e) {
      throw new RetryLaterException("task " + id + ": no answer", null, e);
    }
    ProviderFault fault = answer.fault();
    switch (answer.status()) {
      case 200 -> {
        return told(id, answer);
      }
      case 404 -> throw new NotFoundException("task " + id);
      case 401, 402, 403 ->
          throw new AccountException(
              "task " + id + ": status " + answer.status(),
              fault == null
                  ? new ProviderFault(ProviderFault.Kind.CREDENTIALS, null, null, null)
                  : fault);
      default ->
          throw new RetryLaterException(
              "task " + id + ": status " + answer.status(), answer.retryAfter(), null);
    }
  }

  private static VideoTask told(TaskId id, OwnAnswer answer) {
    TaskState state = answer.state();
    TaskId told = answer.id();
    if (state == null || (told != null && !told.equals(id))) {
      throw new RetryLaterException("task " + id + ": the answer makes no sense", null, null);
    }
    Instant created =
        answer.tree().get("created") instanceof BigDecimal seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : null;
    return new VideoTask(id, state, OwnAnswer.text(answer.tree(), "model"), created);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + "/videos/generations" + path))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  /** The whole answer, before the deadline; of one that is too long, nothing. */
  private OwnAnswer call(HttpRequest request) throws IOException {
    LOG.log(System.Logger.Level.DEBUG, "{0} {1}", request.method(), request.uri().getPath());
    Future<OwnAnswer> running =
        calls.submit(
            () -> {
              HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
              try (InputStream in = answer.body()) {
                byte[] body = in.readNBytes(LONGEST_ANSWER + 1);
                String text = new String(body, StandardCharsets.UTF_8);
                return new OwnAnswer(
                    answer.statusCode(),
                    answer.headers(),
                    body.length > LONGEST_ANSWER ? Map.of() : OwnJson.read(hidden(text)));
              }
            });
    try {
      return running.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException("broken", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      running.cancel(true);
    }
  }

  /** Who repeats our key to us must not have us repeat it. */
  private String hidden(String text) {
    return text.replace(key, "[key]");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "own-provider");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    closed = true;
    calls.shutdown();
  }

  @Override
  public String toString() {
    return "OwnProvider[" + base + "]";
  }
}
