package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * GETs a clip, or a part of a medium, over as many hosts as it takes; what the statuses mean for a
 * link is told here.
 */
final class ClipRequest {

  private static final int MOST_HOPS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final CloseableHttpClient client;
  private final HttpOptions options;
  private final GuardedResolver guard;

  /**
   * @param guard checks hosts as they are written, before anybody looks them up
   */
  ClipRequest(CloseableHttpClient client, HttpOptions options, GuardedResolver guard) {
    this.client = client;
    this.options = options;
    this.guard = guard;
  }

  Call call(ClipLink link) {
    return new Call(link);
  }

  /**
   * The beginning of an answer.
   *
   * @param etag a strong one of the clip itself, or null: of packed bytes, or none
   * @param first where the body begins in the clip; 0 for the whole, -1 for what can't be read
   * @param last where it ends, which counts as inside; -1 if nobody says
   * @param total of the clip; -1 if nobody says
   * @param packed whether the body is not the clip's own bytes
   */
  record Head(
      int status, @Nullable String etag, long first, long last, long total, boolean packed) {

    private static final Pattern CONTENT_RANGE =
        Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    static Head of(ClassicHttpResponse response) {
      String etag = Headers.text(response, HttpHeaders.ETAG);
      // nobody asked for it packed: such bytes must not be mixed with those of the clip
      boolean packed = !"identity".equals(encoding(response));
      String strong = etag != null && etag.startsWith("\"") && !packed ? etag : null;
      if (response.getCode() != 206) {
        long length = response.getEntity() == null ? 0 : response.getEntity().getContentLength();
        long last = Math.max(length, 0) - 1;
        return new Head(response.getCode(), strong, 0, last, length, packed);
      }
      String range = Headers.text(response, HttpHeaders.CONTENT_RANGE);
      Matcher parts = CONTENT_RANGE.matcher(range == null ? "" : range);
      return parts.matches()
          ? new Head(206, strong, number(parts, 1), number(parts, 2), number(parts, 3), packed)
          : new Head(206, strong, -1, -1, -1, packed);
    }

    private static long number(Matcher parts, int group) {
      return Long.parseLong(parts.group(group));
    }

    private static String encoding(ClassicHttpResponse response) {
      String encoding = Headers.text(response, HttpHeaders.CONTENT_ENCODING);
      return encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether this is exactly what was missing, of exactly the same clip. */
    boolean continues(long from, long whole, @Nullable String of) {
      return first == from && total == whole && etag != null && etag.equals(of);
    }
  }

  /** One call and its answer. */
  final class Call implements AutoCloseable {

    private volatile ClipLink link;
    private volatile @Nullable HttpUriRequestBase request;
    private volatile boolean cut;
    private @Nullable ClassicHttpResponse response;

    private Call(ClipLink link) {
      this.link = link;
    }

    String host() {
      return link.host();
    }

    /**
     * Sends it, following redirects.
     *
     * @param from the first byte that is wanted
     * @param etag what the bytes before that belong to
     * @throws GiveUpException if a host must not be called
     * @throws RetryLaterException if no answer came
     */
    Head open(long from, @Nullable String etag) {
      return open(
          get -> {
            get.setHeader(HttpHeaders.ACCEPT, "video/mp4, */*;q=0.1");
            if (from > 0 && etag != null) {
              get.setHeader(HttpHeaders.RANGE, "bytes=" + from + "-");
              get.setHeader(HttpHeaders.IF_RANGE, etag);
            }
          });
    }

    /**
     * As above, for a part of whatever is there.
     *
     * @param last the last byte that is wanted
     * @param etag what an earlier part belonged to; null for none
     */
    Head openPart(long first, long last, @Nullable String etag) {
      return open(
          get -> {
            get.setHeader(HttpHeaders.ACCEPT, "*/*");
            get.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
            get.setHeader(HttpHeaders.RANGE, "bytes=" + first + "-" + last);
            if (etag != null) {
              get.setHeader(HttpHeaders.IF_RANGE, etag);
            }
          });
    }

    private Head open(Consumer<HttpUriRequestBase> headers) {
      for (int hop = 0; hop <= MOST_HOPS; hop++) {
        ClassicHttpResponse answer = send(headers);
        String location = Headers.text(answer, HttpHeaders.LOCATION);
        if (!REDIRECTS.contains(answer.getCode()) || location == null) {
          return Head.of(answer);
        }
        ClipLink next = link.follow(location);
        close();
        link = next;
      }
      throw new GiveUpException(
          host() + " redirects again after " + MOST_HOPS + " redirects", null);
    }

    InputStream body() {
      try {
        ClassicHttpResponse answer = response;
        return answer == null || answer.getEntity() == null
            ? InputStream.nullInputStream()
            : answer.getEntity().getContent();
      } catch (IOException | RuntimeException e) {
        throw broken("its body can't be read: " + e.getClass().getSimpleName());
      }
    }

    /** Reads from the net, so that a disk's exceptions can't be taken for it. */
    int read(InputStream in, byte[] buffer) {
      try {
        return in.read(buffer);
      } catch (IOException | RuntimeException e) {
        throw broken("the transfer broke: " + e.getClass().getSimpleName());
      }
    }

    RetryLaterException broken(String what) {
      return new RetryLaterException(host() + ": " + what, null, null);
    }

    /** What an answer that holds no clip means. */
    SeedanceException refusal(Head head) {
      int status = head.status();
      Duration retryAfter = response == null ? null : RetryAfter.of(response, options);
      boolean refused = status >= 400 && status < 500 && status != 408 && status != 429;
      return refused
          ? new LinkExpiredException(
              host() + " refuses the clip's link with " + status + ": ask for a fresh one")
          : new RetryLaterException(host() + " answered " + status, retryAfter, null);
    }

    /** Ends the call from another thread. */
    void cut() {
      cut = true;
      HttpUriRequestBase current = request;
      if (current != null) {
        current.cancel();
      }
    }

    private ClassicHttpResponse send(Consumer<HttpUriRequestBase> headers) {
      guard.checkWritten(host());
      HttpUriRequestBase get = new HttpUriRequestBase("GET", link.root());
      headers.accept(get);
      request = get;
      if (cut) {
        throw broken("cut");
      }
      HttpClientContext context = HttpClientContext.create();
      Wire wire = new Wire(link.path(), null);
      wire.ride(context);
      ClassicHttpResponse answer;
      try {
        answer = client.executeOpen(link.target(), get, context);
        response = answer;
      } catch (GiveUpException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // neither cause nor message: who knows what of the link they repeat
        throw broken("no answer: " + e.getClass().getSimpleName());
      }
      if (!wire.sent()) {
        throw broken("the proxy answered " + answer.getCode());
      }
      return answer;
    }

    @Override
    public void close() {
      HttpUriRequestBase current = request;
      ClassicHttpResponse answer = response;
      response = null;
      if (answer != null && current != null) {
        Hangup.on(current, answer);
      }
    }
  }
}
