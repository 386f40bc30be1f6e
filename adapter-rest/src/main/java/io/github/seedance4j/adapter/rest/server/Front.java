package io.github.seedance4j.adapter.rest.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before every handler and never blocks, so that the few threads which read from all
 * connections run it themselves: answers the probes, refuses what is too much, takes the body in,
 * and only then gives the request to one of the workers. Whoever drips holds no worker.
 */
final class Front extends Handler.Wrapper {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  private static final String STREAMS = Front.class.getName() + ".stream";
  private static final int KEEP_SECONDS = 30;

  private final ServerLimits limits;
  private final Counts counts;
  private final Probe health;
  private final Probe ready;
  private final BodyMemory memory;
  private final Semaphore uploads;
  private final Semaphore streams;
  private final ThreadPoolExecutor workers;
  private final Object quiet = new Object();
  private int inFlight;
  private volatile boolean draining;

  Front(ServerLimits limits, Counts counts, Probe health, Probe ready) {
    this.limits = limits;
    this.counts = counts;
    this.health = health;
    this.ready = ready;
    memory = new BodyMemory(limits.memory);
    uploads = new Semaphore(limits.uploadsAtOnce);
    streams = new Semaphore(limits.streamsAtOnce);
    AtomicInteger number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            limits.workers,
            limits.workers,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(limits.waiting),
            task -> {
              Thread thread = new Thread(task, "gateway-worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    PacedEndPoint client =
        (PacedEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
    boolean body = hasBody(request);
    long exchange = client.begin(body);
    Request.addCompletionListener(request, failure -> client.end(exchange));
    if (draining
        || request.getConnectionMetaData().getConnection().getMessagesIn()
            >= limits.requestsPerConnection) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    String path = Request.getPathInContext(request);
    if (path.equals(limits.health) || path.equals(limits.ready)) {
      probe(request, response, callback, path.equals(limits.ready));
      return true;
    }
    boolean upload = body && limits.uploads.test(path);
    int refusal = refusal(request, upload);
    if (refusal != 0) {
      refuse(request, response, callback, refusal);
      return true;
    }
    if (body && !upload) {
      takeIn(request, response, callback, client, exchange);
    } else {
      Request handed = upload ? new Upload(request, response, limits.maxUpload) : request;
      hand(handed, response, callback, upload);
    }
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0
        || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  private int refusal(Request request, boolean upload) {
    if (draining) {
      return HttpStatus.SERVICE_UNAVAILABLE_503;
    }
    if (!METHODS.contains(request.getMethod())) {
      return HttpStatus.NOT_IMPLEMENTED_501;
    }
    int framing = framing(request);
    if (framing != 0) {
      return framing;
    }
    if (request.getHttpURI().getPathQuery().length() > limits.maxUri) {
      return HttpStatus.URI_TOO_LONG_414;
    }
    if (request.getLength() > (upload ? limits.maxUpload : limits.maxBody)) {
      return HttpStatus.PAYLOAD_TOO_LARGE_413;
    }
    return 0;
  }

  /** Jetty lets two ways of framing pass that proxies read differently. */
  private static int framing(Request request) {
    HttpField coding = request.getHeaders().getField(HttpHeader.TRANSFER_ENCODING);
    if (coding == null) {
      return 0;
    }
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
      return HttpStatus.BAD_REQUEST_400;
    }
    return "chunked".equalsIgnoreCase(coding.getValue()) ? 0 : HttpStatus.NOT_IMPLEMENTED_501;
  }

  private void probe(Request request, Response response, Callback callback, boolean readiness) {
    if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
      refuse(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return;
    }
    Probe.Answer answer = (readiness ? ready : health).look();
    boolean well = answer.well() && !(readiness && draining);
    response.setStatus(well ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  private void takeIn(
      Request request, Response response, Callback callback, PacedEndPoint client, long exchange) {
    BodyMemory.Share share = memory.share();
    Request.addCompletionListener(request, failure -> share.close());
    BodyReader reader =
        new BodyReader(
            request,
            limits.maxBody,
            share,
            new BodyReader.Outcome() {
              @Override
              public void whole(byte[] bytes, int length) {
                client.answering(exchange);
                hand(new BodyReader.Read(request, bytes, length), response, callback, false);
              }

              @Override
              public void refused(int status) {
                refuse(request, response, callback, status);
              }

              @Override
              public void failed(Throwable cause) {
                callback.failed(cause);
              }
            });
    client.onSlowBody(exchange, reader::giveUp);
    reader.run();
  }

  /** What it is, nobody may make another of: Javalin lets a header say that a GET is a DELETE. */
  private static Request asItIs(Request request) {
    if (!request.getHeaders().contains(METHOD_OVERRIDE)) {
      return request;
    }
    HttpFields headers =
        HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  private void hand(Request request, Response response, Callback callback, boolean upload) {
    if (upload) {
      if (!uploads.tryAcquire()) {
        refuse(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        return;
      }
      Request.addCompletionListener(request, failure -> uploads.release());
    }
    enter();
    Waited.begin(request);
    Request.addCompletionListener(request, failure -> leave(request));
    try {
      workers.execute(() -> work(asItIs(request), response, callback));
    } catch (RejectedExecutionException full) {
      refuse(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }
  }

  private void work(Request request, Response response, Callback callback) {
    Outbox outbox = new Outbox(this, request, response, callback);
    try {
      if (!super.handle(request, outbox, outbox)) {
        Response.writeError(request, outbox, outbox, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable broken) {
      // whatever it is, the exchange must end
      Response.writeError(request, outbox, outbox, broken);
    }
  }

  /** Ends exchange and connection with that status. */
  void refuse(Request request, Response response, Callback callback, int status) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      counts.busy.increment();
    }
    Response.writeError(request, response, callback, status);
  }

  /** Whether one more file may go out; if so, its place is given back with the exchange's end. */
  boolean beginStream(Request request) {
    if (!streams.tryAcquire()) {
      return false;
    }
    request.setAttribute(STREAMS, streams);
    return true;
  }

  void beforeFirstByte(Response response) {
    if (draining) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
  }

  private void enter() {
    synchronized (quiet) {
      inFlight++;
    }
  }

  private void leave(Request request) {
    if (request.getAttribute(FileContent.ATTRIBUTE) instanceof FileContent content) {
      content.close();
    }
    if (request.removeAttribute(STREAMS) != null) {
      streams.release();
    }
    synchronized (quiet) {
      inFlight--;
      quiet.notifyAll();
    }
  }

  int inFlight() {
    synchronized (quiet) {
      return inFlight;
    }
  }

  long bodyMemory() {
    return memory.taken();
  }

  void stopTaking() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  boolean awaitQuiet(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (quiet) {
      while (inFlight > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        quiet.wait(left);
      }
      return true;
    }
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    workers.shutdownNow();
  }
}
