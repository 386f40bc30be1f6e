package io.github.seedance4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The provider's HTTP: routes, keys, body limits, connections. On loopback only, a thread for each
 * connection.
 */
final class HubServer implements AutoCloseable {

  static final String BASE = "/api/v1";

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");
  private static final String GENERATIONS = BASE + "/videos/generations";
  private static final Pattern STATUS = Pattern.compile(Pattern.quote(GENERATIONS) + "/([^/]+)");
  private static final Pattern FILE = Pattern.compile("/files/([^/]+)/video\\.mp4");
  private static final int MOST_BODY_BYTES = 64 << 20;
  private static final int BACKLOG = 1_024;

  private final TaskDesk desk;
  private final ClipFiles files;
  private final RequestLog log;
  private final Names names;
  private final Set<CuttableConnection> open = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private volatile boolean closed;

  HubServer(int port, TaskDesk desk, ClipFiles files, RequestLog log, Names names)
      throws IOException {
    this.desk = desk;
    this.files = files;
    this.log = log;
    this.names = names;
    Http1Config limits =
        Http1Config.custom().setMaxLineLength(64 << 10).setMaxHeaderCount(200).build();
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    this.server =
        ServerBootstrap.bootstrap()
            .setListenerPort(port)
            .setLocalAddress(loopback)
            .setCanonicalHostName("127.0.0.1")
            .setSocketConfig(
                SocketConfig.custom()
                    .setTcpNoDelay(true)
                    .setBacklogSize(BACKLOG)
                    .setSoTimeout(Timeout.ofMinutes(10))
                    .build())
            .setServerSocketFactory(new PromptServerSocket.Factory(loopback))
            .setConnectionFactory(socket -> connection(limits, socket))
            // the default router answers 421 to any other name of this machine, "localhost" say
            .setRequestRouter(
                (request, context) -> (asked, response, inside) -> handle(asked, response))
            // clients that go away, and those we cut off, are our daily work
            .setExceptionListener(Quiet.INSTANCE)
            .create();
  }

  void start() throws IOException {
    server.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends all connections at once; what runs on them fails. */
  @Override
  public void close() {
    closed = true;
    server.initiateShutdown();
    open.forEach(connection -> connection.close(CloseMode.IMMEDIATE));
    server.close(CloseMode.IMMEDIATE);
  }

  private CuttableConnection connection(Http1Config limits, Socket socket) throws IOException {
    CuttableConnection connection = new CuttableConnection(limits, socket, open, this::headRead);
    if (closed) {
      // accepted in the very last moment: nobody would serve it, nor close it
      connection.close(CloseMode.IMMEDIATE);
    }
    return connection;
  }

  private void headRead(ClassicHttpRequest request) {
    if ("POST".equals(request.getMethod()) && GENERATIONS.equals(path(request))) {
      log.createBegun();
    }
  }

  private void handle(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
    String requestId = names.request();
    response.setHeader("X-Request-Id", requestId);
    Answer answer;
    try {
      answer = route(request, requestId);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the fake itself failed at " + path(request), e);
      answer = Answer.error(500, "FakeFailed", "The fake itself failed: " + e, requestId);
    }
    if (answer instanceof Answer.Reply reply) {
      send(reply, response);
    } else {
      CuttableConnection connection = CuttableConnection.current();
      if (connection != null) {
        connection.reset();
      }
      throw new ConnectionClosedException("reset by scenario");
    }
  }

  private Answer route(ClassicHttpRequest request, String requestId) throws IOException {
    String path = path(request);
    String method = request.getMethod();
    if (path.equals(GENERATIONS)) {
      return method.equals("POST") ? create(request, requestId) : wrongMethod("POST", requestId);
    }
    Matcher status = STATUS.matcher(path);
    if (status.matches()) {
      return method.equals("GET")
          ? desk.status(keyAccepted(request), status.group(1), requestId)
          : wrongMethod("GET", requestId);
    }
    Matcher file = FILE.matcher(path);
    if (file.matches()) {
      return method.equals("GET") || method.equals("HEAD")
          ? files.answer(
              file.group(1), query(request), desk::task, name -> header(request, name), requestId)
          : wrongMethod("GET, HEAD", requestId);
    }
    return Answer.error(404, "NotFound", "There is nothing at this path.", requestId);
  }

  private Answer create(ClassicHttpRequest request, String requestId) throws IOException {
    byte[] body = body(request.getEntity());
    if (body == null) {
      return Answer.error(
          413, "RequestTooLarge", "The request body is larger than 64 MiB.", requestId);
    }
    return desk.create(keyAccepted(request), body, requestId);
  }

  /**
   * The whole body; null if it is too large. It is read on to its end then, for else a client could
   * miss the answer.
   */
  private static byte @Nullable [] body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    try (InputStream in = entity.getContent()) {
      if (entity.getContentLength() <= MOST_BODY_BYTES) {
        byte[] body = in.readNBytes(MOST_BODY_BYTES);
        if (body.length < MOST_BODY_BYTES || in.read() < 0) {
          return body;
        }
      }
      in.transferTo(OutputStream.nullOutputStream());
      return null;
    }
  }

  private static Answer wrongMethod(String allowed, String requestId) {
    return Answer.error(
        405,
        "MethodNotAllowed",
        "This path takes " + allowed + ".",
        null,
        requestId,
        Map.of("Allow", allowed),
        Map.of());
  }

  private static boolean keyAccepted(ClassicHttpRequest request) {
    String authorization = header(request, "Authorization");
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && authorization.substring(7).strip().startsWith("th-");
  }

  private static void send(Answer.Reply reply, ClassicHttpResponse response) {
    response.setCode(reply.status());
    reply.headers().forEach(response::setHeader);
    String type = reply.headers().get("Content-Type");
    response.setEntity(
        new ByteArrayEntity(
            reply.bytes(),
            reply.from(),
            reply.length(),
            type == null ? null : ContentType.parseLenient(type)));
  }

  private static @Nullable String header(ClassicHttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static String path(ClassicHttpRequest request) {
    String path = request.getPath();
    int query = path == null ? -1 : path.indexOf('?');
    return path == null ? "" : query < 0 ? path : path.substring(0, query);
  }

  private static @Nullable String query(ClassicHttpRequest request) {
    String path = request.getPath();
    int query = path == null ? -1 : path.indexOf('?');
    return query < 0 ? null : path.substring(query + 1);
  }
}
