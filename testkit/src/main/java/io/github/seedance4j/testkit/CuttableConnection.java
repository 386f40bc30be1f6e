package io.github.seedance4j.testkit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpRequestFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * A server connection whose socket can be reached: requests are read as HTTP, answers are written
 * byte by byte, so that both can be broken off anywhere. For one thread, but {@link #close} and
 * {@link #reset} for any.
 */
final class CuttableConnection extends DefaultBHttpServerConnection {

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 << 10).setMaxHeaderCount(200).build();
  private static final DefaultHttpRequestParserFactory REQUESTS =
      new DefaultHttpRequestParserFactory(null, new PlainPaths());
  private static final Duration LONGEST_LINGERING = Duration.ofSeconds(1);
  private static final int MOST_LINGERING_BYTES = 1 << 20;

  private final Socket socket;
  private final OutputStream output;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean gone;

  /**
   * Takes the socket over. It has no read timeout: that would cost two more system calls a request,
   * and on loopback nobody goes away without a word.
   */
  CuttableConnection(Socket socket) throws IOException {
    super("http", LIMITS, null, null, null, null, REQUESTS, null);
    this.socket = socket;
    socket.setTcpNoDelay(true);
    bind(socket);
    this.output = new BufferedOutputStream(socket.getOutputStream());
  }

  /** Takes a path as it came, where the usual factory takes it apart as a URI. */
  private static final class PlainPaths extends DefaultClassicHttpRequestFactory {
    @Override
    public ClassicHttpRequest newHttpRequest(String method, String uri) {
      return uri.startsWith("/")
          ? new BasicClassicHttpRequest(method, null, null, uri)
          : super.newHttpRequest(method, uri);
    }
  }

  /** Where answers go; nothing has left before it is flushed. */
  OutputStream output() {
    return output;
  }

  /** Sends RST: whatever was not sent yet never is. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
    close(CloseMode.IMMEDIATE); // so that nobody flushes into it
  }

  /**
   * Waits, holding no lock.
   *
   * @return false, and at once, when the client hangs up or the connection is closed; the former
   *     can't be seen behind a request that was sent ahead
   */
  boolean pause(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
        long millis = Math.min(left / 1_000_000, Integer.MAX_VALUE);
        if (millis == 0 || hasInput(millis)) {
          return !closed.await(left, TimeUnit.NANOSECONDS);
        }
        if (gone) {
          return false;
        }
      }
      return closed.getCount() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean hasInput(long millis) throws IOException {
    try {
      boolean some = awaitInput(Timeout.ofMilliseconds(millis));
      gone = !some;
      return some;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** Says nothing until the client hangs up or the connection is closed. */
  void hang() throws IOException {
    InputStream input = socket.getInputStream();
    byte[] buffer = new byte[8_192];
    boolean there = true;
    while (there) {
      try {
        there = input.read(buffer) >= 0;
      } catch (SocketTimeoutException e) {
        // still there, and silent, as we are
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    super.close();
  }

  @Override
  public void close(CloseMode mode) {
    closed.countDown();
    super.close(mode);
  }

  /**
   * Ends our side and reads on for a moment: a socket that is closed with input unread resets, and
   * the client could miss the last answer.
   */
  void linger() throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(Math.toIntExact(LONGEST_LINGERING.toMillis()));
    InputStream rest = socket.getInputStream();
    byte[] buffer = new byte[8_192];
    int read = 0;
    for (int n = 0; n >= 0 && read < MOST_LINGERING_BYTES; n = rest.read(buffer)) {
      read += n;
    }
  }
}
