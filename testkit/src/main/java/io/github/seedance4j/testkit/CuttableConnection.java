package io.github.seedance4j.testkit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;

/**
 * A server connection whose socket can be reached: requests are read as HTTP, answers are written
 * byte by byte, so that both can be broken off anywhere. For one thread, but {@link #close} and
 * {@link #reset} for any.
 */
final class CuttableConnection extends DefaultBHttpServerConnection {

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 << 10).setMaxHeaderCount(200).build();
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);
  private static final Duration LONGEST_LINGERING = Duration.ofSeconds(1);
  private static final int MOST_LINGERING_BYTES = 1 << 20;

  private final Socket socket;
  private final OutputStream output;

  /** Takes the socket over. */
  CuttableConnection(Socket socket) throws IOException {
    super("http", LIMITS);
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(LONGEST_SILENCE.toMillis()));
    bind(socket);
    this.output = new BufferedOutputStream(socket.getOutputStream());
  }

  /** Where answers go; nothing has left before it is flushed. */
  OutputStream output() {
    return output;
  }

  /** Sends RST: whatever was not sent yet never is. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
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
