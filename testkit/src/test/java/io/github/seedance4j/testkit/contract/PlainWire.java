package io.github.seedance4j.testkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The plain client's calls: the JDK's HTTP client, a limit of length and one of time. */
final class PlainWire {

  private static final int MOST_BODY_BYTES = 1 << 20;
  private static final int TAIL = 4 << 10;

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "plain-client");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration deadline;
  private final @Nullable Flaw flaw;
  private final HttpClient http;

  PlainWire(Duration deadline, @Nullable Flaw flaw) {
    this.deadline = deadline;
    this.flaw = flaw;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(
                flaw == Flaw.FOLLOWS_REDIRECTS
                    ? HttpClient.Redirect.ALWAYS
                    : HttpClient.Redirect.NEVER)
            .build();
  }

  /** An answer that came whole; the body is empty where it was too long. */
  static final class Answer {
    private final HttpResponse<?> response;
    private final byte[] body;

    Answer(HttpResponse<?> response, byte[] body) {
      this.response = response;
      this.body = body;
    }

    byte[] body() {
      return body;
    }

    int status() {
      return response.statusCode();
    }

    @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  /** No answer came in time. */
  static final class LateException extends IOException {
    private static final long serialVersionUID = 1L;

    LateException() {
      super("no whole answer in time");
    }
  }

  /**
   * @throws ConnectException if nothing was sent
   * @throws IOException if no whole answer came
   */
  Answer call(HttpRequest request) throws IOException {
    return inTime(
        () -> {
          HttpResponse<InputStream> response = open(request);
          try (InputStream in = response.body()) {
            return new Answer(response, read(response, in));
          }
        });
  }

  HttpResponse<InputStream> open(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  <T> T inTime(Callable<T> work) throws IOException {
    return inTimeSince(System.nanoTime(), work);
  }

  /** What is left of the deadline of something that began then. */
  <T> T inTimeSince(long start, Callable<T> work) throws IOException {
    Future<T> running = POOL.submit(work);
    try {
      return flaw == Flaw.READS_WITHOUT_DEADLINE || flaw == Flaw.FETCHES_WITHOUT_DEADLINE
          ? running.get()
          : running.get(start + deadline.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      throw new LateException();
    } catch (InterruptedException e) {
      running.cancel(true);
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException trouble) {
        throw trouble;
      }
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e);
    }
  }

  private byte[] read(HttpResponse<?> response, InputStream in) throws IOException {
    boolean zipped = response.headers().firstValue("Content-Encoding").isPresent();
    if (flaw == Flaw.INFLATES_ON_FOR_THE_ID && zipped) {
      return endOf(new GZIPInputStream(in));
    }
    if (flaw == Flaw.READS_ON_FOR_THE_ID && !zipped) {
      return endOf(in);
    }
    byte[] body = in.readNBytes(MOST_BODY_BYTES + 1);
    return body.length > MOST_BODY_BYTES ? new byte[0] : body;
  }

  /** An object with the id that stands in an answer's last bytes; the rest need not be kept. */
  private static byte[] endOf(InputStream in) throws IOException {
    byte[] tail = new byte[0];
    byte[] buffer = new byte[64 << 10];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      byte[] both = Arrays.copyOf(tail, tail.length + n);
      System.arraycopy(buffer, 0, both, tail.length, n);
      tail = Arrays.copyOfRange(both, Math.max(0, both.length - TAIL), both.length);
    }
    String text = new String(tail, StandardCharsets.UTF_8);
    int id = text.lastIndexOf("\"id\":");
    return (id < 0 ? text : "{" + text.substring(id)).getBytes(StandardCharsets.UTF_8);
  }
}
