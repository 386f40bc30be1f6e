package io.github.seedance4j.adapter.http;

import io.github.seedance4j.job.CreateReply.Phase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Speaks JSON to a provider's API, for the providers beside this package. A POST goes out at most
 * once, a GET is repeated with jittered back-off; both end within their deadline, however slowly an
 * answer drips. The key goes to the base URL's origin alone, and into no log. Thread-safe; never
 * throws for what the network does.
 */
public final class ApiTransport implements AutoCloseable {

  private final ApiKey key;
  private final BaseUrl base;
  private final HttpOptions options;
  private final CloseableHttpClient creates;
  private final CloseableHttpClient reads;
  private final boolean ours;
  private final Pause pause;
  private final RetryBudget budget;
  private final Deadlines deadlines = new Deadlines();
  private volatile boolean closed;

  ApiTransport(
      ApiKey key, URI base, HttpOptions options, @Nullable CloseableHttpClient own, Pause pause) {
    this.key = key;
    this.base = BaseUrl.of(base);
    this.options = options;
    this.creates = own != null ? own : HardenedClients.creates(options);
    this.reads = own != null ? own : HardenedClients.reads(options);
    this.ours = own == null;
    this.pause = pause;
    this.budget = new RetryBudget(options.retryBudget());
  }

  /**
   * Opens a transport.
   *
   * @param base https, or http on this very machine; no credentials, query or fragment
   * @param own a client to use instead of hardened ones, or null; it stays open. It must not repeat
   *     or redirect anything by itself, and what it logs is its owner's business. A create call's
   *     body can be written only once whatever it does
   * @throws IllegalArgumentException if the base URL is none of these
   */
  public static ApiTransport open(
      ApiKey key, URI base, HttpOptions options, @Nullable CloseableHttpClient own) {
    return new ApiTransport(key, base, options, own, Pause.REAL);
  }

  /** Without a slash at its end. */
  public String baseUrl() {
    return base.text();
  }

  /** Downloads with the same options and timer, and without the key. Closed by the caller. */
  public ClipDownloads downloads() {
    return new ClipDownloads(options, deadlines, false);
  }

  /**
   * Sends a create call, once.
   *
   * @param path below the base URL, with its slash
   */
  public Exchange post(String path, byte[] json) {
    return call(
        creates, path, "POST", options.createDeadline(), wire -> new OneShotEntity(json, wire));
  }

  /**
   * Reads, and reads again while it may help: on 408, 429, 5xx and broken connections, unless the
   * answer says when to come back; then that is left to the caller, who need not block for it.
   *
   * @param path below the base URL, with its slash
   */
  public Exchange get(String path) {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      Exchange exchange = call(reads, path, "GET", left(start), wire -> null);
      if (!mayPass(exchange)) {
        budget.succeeded();
        return exchange;
      }
      Duration wait = backOff(attempt);
      if (attempt >= options.readAttempts()
          || saysWhen(exchange)
          || wait.compareTo(left(start)) >= 0
          || !budget.take()
          || !pause.sleep(wait)) {
        return exchange;
      }
    }
  }

  private Duration left(long start) {
    return options.readDeadline().minusNanos(System.nanoTime() - start);
  }

  private Duration backOff(int attempt) {
    long most = options.retryDelay().toMillis() << Math.min(attempt - 1, 10);
    return Duration.ofMillis(Math.max(1, (long) (most * (0.5 + pause.chance() / 2))));
  }

  private static boolean mayPass(Exchange exchange) {
    if (exchange instanceof Exchange.Answered answer) {
      return answer.status() >= 500 || answer.status() == 429 || answer.status() == 408;
    }
    return ((Exchange.Broken) exchange).phase() != Phase.CLOSED;
  }

  private static boolean saysWhen(Exchange exchange) {
    return exchange instanceof Exchange.Answered answer && answer.retryAfter() != null;
  }

  private Exchange call(
      CloseableHttpClient client,
      String path,
      String method,
      Duration deadline,
      Function<Wire, @Nullable HttpEntity> body) {
    if (closed) {
      return new Exchange.Broken(Phase.CLOSED, "the client is closed");
    }
    HttpUriRequestBase request = new HttpUriRequestBase(method, base.root());
    Wire wire = new Wire(base.path() + path, key.bearer());
    HttpEntity entity = body.apply(wire);
    if (entity != null) {
      request.setEntity(entity);
    }
    request.setHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());
    try (Deadlines.Watch watch = deadlines.watch(deadline, request::cancel)) {
      try {
        return answer(client, request, wire);
      } catch (IOException | RuntimeException e) {
        return broken(e, wire.sent(), watch.expired(), deadline);
      }
    } catch (RejectedExecutionException e) {
      return new Exchange.Broken(Phase.CLOSED, "the client is closed");
    }
  }

  private Exchange answer(CloseableHttpClient client, HttpUriRequestBase request, Wire wire)
      throws IOException {
    HttpClientContext context = HttpClientContext.create();
    if (ours) {
      wire.ride(context);
    } else {
      wire.dress(request);
    }
    ClassicHttpResponse response = client.executeOpen(base.host(), request, context);
    try {
      if (ours && !wire.sent()) {
        // a proxy refused the tunnel: its status is not the provider's
        return new Exchange.Broken(Phase.CONNECT, "the proxy answered " + response.getCode());
      }
      boolean success = response.getCode() >= 200 && response.getCode() < 300;
      String body = "";
      try {
        body = body(response.getEntity());
      } catch (IOException e) {
        // a refusal is one without its words, too; a success that breaks off may hide an id
        if (success) {
          throw e;
        }
      }
      return new Exchange.Answered(
          response.getCode(), body, requestId(response), RetryAfter.of(response, options));
    } finally {
      Hangup.on(request, response);
    }
  }

  private String body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    byte[] bytes = entity.getContent().readNBytes(options.maxBody() + 1);
    if (bytes.length > options.maxBody()) {
      return "";
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private Exchange.Broken broken(Exception e, boolean sent, boolean expired, Duration deadline) {
    Phase phase = Failures.phase(e, sent, ours);
    if (expired) {
      return new Exchange.Broken(phase, "no whole answer within " + deadline);
    }
    return new Exchange.Broken(phase, key.redact(Failures.describe(e)));
  }

  private static @Nullable String requestId(HttpResponse response) {
    String id = Headers.text(response, "X-Request-Id");
    return id != null ? id : Headers.text(response, "X-Client-Request-Id");
  }

  /** Refuses further calls and cuts those in flight. A client that is not ours stays open. */
  @Override
  public void close() {
    closed = true;
    if (ours) {
      creates.close(CloseMode.IMMEDIATE);
      reads.close(CloseMode.IMMEDIATE);
    }
    deadlines.close();
  }
}
