package io.github.seedance4j.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** A client that knows no HTTP: what was sent, what came back, and how it ended. */
final class WireClient {

  static final String POST =
      "POST /api/v1/videos/generations HTTP/1.1\r\nHost: localhost\r\n"
          + "Authorization: Bearer th-x\r\n";

  private static final int GLANCE_MILLIS = 20;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int ENOUGH = 300_000;

  private WireClient() {}

  /** How the other side ended it. */
  enum End {
    CLOSED,
    RESET,
    /** It did not: we had enough. */
    OPEN
  }

  /**
   * What came back.
   *
   * @param text as ISO 8859-1
   */
  record Got(String text, End end) {
    String body() {
      int head = text.indexOf("\r\n\r\n");
      return head < 0 ? "" : text.substring(head + 4);
    }
  }

  static String create() {
    return POST
        + "Connection: close\r\nContent-Length: "
        + HubClient.BEACH.length()
        + "\r\n\r\n"
        + HubClient.BEACH;
  }

  /** Sends and reads until the other side ends it. */
  static Got exchange(FakeTokenHub hub, String request) throws IOException {
    return exchange(hub, request, () -> false);
  }

  /** Sends and reads until the other side ends it, or nothing comes and that is true. */
  static Got exchange(FakeTokenHub hub, String request, BooleanSupplier satisfied)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      return exchange(socket, request, satisfied);
    }
  }

  /** Reads until the other side ends it, or nothing comes and that is the body up to then. */
  static Got read(Socket socket, String body) throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try {
      End end = read(socket, got, () -> new Got(text(got), End.OPEN).body().equals(body));
      return new Got(text(got), end);
    } catch (SocketException e) {
      return new Got(text(got), End.RESET);
    }
  }

  static Got exchange(Socket socket, String request, BooleanSupplier satisfied) throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      End end = read(socket, got, satisfied);
      return new Got(text(got), end);
    } catch (SocketException e) {
      return new Got(text(got), End.RESET);
    }
  }

  private static End read(Socket socket, ByteArrayOutputStream got, BooleanSupplier satisfied)
      throws IOException {
    socket.setSoTimeout(GLANCE_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8_192];
    long begun = System.nanoTime();
    while (got.size() < ENOUGH) {
      try {
        int n = in.read(buffer);
        if (n < 0) {
          return End.CLOSED;
        }
        got.write(buffer, 0, n);
      } catch (SocketTimeoutException e) {
        if (satisfied.getAsBoolean()) {
          return End.OPEN;
        }
        if (System.nanoTime() - begun > PATIENCE_NANOS) {
          throw new AssertionError("neither an end nor what was waited for; got " + text(got), e);
        }
      }
    }
    return End.OPEN;
  }

  private static String text(ByteArrayOutputStream got) {
    return got.toString(StandardCharsets.ISO_8859_1);
  }
}
