package io.github.seedance4j.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Iterator;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MethodNotSupportedException;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicTokenIterator;
import org.apache.hc.core5.net.URIAuthority;

/**
 * What is said on one connection: requests and answers in turn, until one side has enough. Runs on
 * the connection's own thread.
 */
final class Conversation implements Runnable {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");

  private final CuttableConnection connection;
  private final Routes routes;
  private final Names names;
  private String checkedHost = "";

  Conversation(CuttableConnection connection, Routes routes, Names names) {
    this.connection = connection;
    this.routes = routes;
    this.names = names;
  }

  @Override
  public void run() {
    try (connection) {
      while (connection.isOpen() && exchange()) {
        // the next one
      }
    } catch (IOException e) {
      // clients that go away, and those we cut off, are our daily work
      LOG.log(System.Logger.Level.DEBUG, "a connection to the fake ended early", e);
    }
  }

  /** One request and its answer; whether another may follow. */
  private boolean exchange() throws IOException {
    String requestId = names.request();
    try {
      ClassicHttpRequest request = connection.receiveRequestHeader();
      if (request == null) {
        return false;
      }
      Script.Luck luck = routes.headRead(request);
      if (luck.reset() != null) {
        connection.reset();
        return false;
      }
      checkHost(request);
      if (asks(request, "Expect", "100-continue")) {
        write(ReplyHead.CONTINUE);
      }
      connection.receiveRequestEntity(request);
      return answer(request, luck, requestId);
    } catch (HttpException e) {
      String text = "The request is not HTTP we read: " + e.getMessage() + ".";
      send(Answer.error(status(e), "BadRequest", text, requestId), requestId, "close", true);
      connection.linger();
      return false;
    }
  }

  private boolean answer(ClassicHttpRequest request, Script.Luck luck, String requestId)
      throws IOException {
    Answer answer;
    try {
      answer = routes.answer(request, luck, requestId);
    } catch (RuntimeException e) {
      answer = failed(e, requestId);
    }
    if (!(answer instanceof Answer.Reply reply)) {
      leave(answer);
      return false;
    }
    boolean old = !current(request);
    boolean goesOn =
        (old ? asks(request, "Connection", "keep-alive") : !asks(request, "Connection", "close"))
            && !"close".equalsIgnoreCase(reply.headers().get("Connection"));
    String future = !goesOn ? "close" : old ? "keep-alive" : "";
    boolean sent = send(reply, requestId, future, !"HEAD".equals(request.getMethod()));
    if (sent) {
      EntityUtils.consume(request.getEntity());
    }
    return sent && goesOn;
  }

  static Answer failed(RuntimeException e, String requestId) {
    LOG.log(System.Logger.Level.WARNING, "the fake itself failed at " + requestId, e);
    return Answer.error(500, "FakeFailed", "The fake itself failed: " + e, requestId);
  }

  /** Ends without an answer. */
  private void leave(Answer answer) throws IOException {
    if (answer instanceof Answer.Raw raw) {
      raw.body().writeTo(connection.output());
      connection.output().flush();
    } else if (answer instanceof Answer.Hang) {
      connection.hang();
    } else if (answer instanceof Answer.Reset) {
      connection.reset();
    }
  }

  /** Whether all of it came over. */
  private boolean send(Answer.Reply reply, String requestId, String future, boolean body)
      throws IOException {
    byte[] head = ReplyHead.bytes(reply, requestId, future);
    return new ReplyWriter(connection).write(reply, head, body && ReplyHead.hasLength(reply));
  }

  private void write(byte[] bytes) throws IOException {
    connection.output().write(bytes);
    connection.output().flush();
  }

  private static boolean current(ClassicHttpRequest request) {
    ProtocolVersion version = request.getVersion();
    return version == null || version.greaterEquals(HttpVersion.HTTP_1_1);
  }

  /** Any name will do, but from HTTP/1.1 on there must be just one. */
  private void checkHost(ClassicHttpRequest request) throws HttpException {
    Header host = request.getHeader("Host");
    if (host == null) {
      if (current(request)) {
        throw new ProtocolException("Host header is absent");
      }
      return;
    }
    if (checkedHost.equals(host.getValue())) {
      return;
    }
    try {
      URIAuthority.create(host.getValue());
      checkedHost = host.getValue();
    } catch (URISyntaxException e) {
      throw new ProtocolException("Host header is no host", e);
    }
  }

  private static boolean asks(ClassicHttpRequest request, String header, String token) {
    Iterator<Header> headers = request.headerIterator(header);
    if (!headers.hasNext()) {
      return false;
    }
    Iterator<String> tokens = new BasicTokenIterator(headers);
    while (tokens.hasNext()) {
      if (token.equalsIgnoreCase(tokens.next())) {
        return true;
      }
    }
    return false;
  }

  private static int status(HttpException e) {
    if (e instanceof RequestHeaderFieldsTooLargeException) {
      return 431;
    }
    if (e instanceof UnsupportedHttpVersionException) {
      return 505;
    }
    return e instanceof NotImplementedException || e instanceof MethodNotSupportedException
        ? 501
        : 400;
  }
}
