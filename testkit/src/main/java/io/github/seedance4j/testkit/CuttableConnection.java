package io.github.seedance4j.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * A server connection whose socket can be reached, to be reset in the middle of anything. The
 * server serves each connection on a thread of its own, so the one that a handler answers is the
 * thread's current one.
 */
final class CuttableConnection extends DefaultBHttpServerConnection {

  private static final ThreadLocal<CuttableConnection> CURRENT = new ThreadLocal<>();

  private final Socket socket;
  private final Set<CuttableConnection> open;
  private final Consumer<ClassicHttpRequest> headRead;

  /** Takes the socket over; {@code open} holds the connection as long as it lives. */
  CuttableConnection(
      Http1Config config,
      Socket socket,
      Set<CuttableConnection> open,
      Consumer<ClassicHttpRequest> headRead)
      throws IOException {
    super("http", config, null, null);
    this.socket = socket;
    this.open = open;
    this.headRead = headRead;
    bind(socket);
    open.add(this);
  }

  static @Nullable CuttableConnection current() {
    return CURRENT.get();
  }

  /** Sends RST: whatever was not sent yet never is. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  protected void onRequestReceived(ClassicHttpRequest request) {
    CURRENT.set(this);
    headRead.accept(request);
  }

  @Override
  public void close() throws IOException {
    open.remove(this);
    super.close();
  }

  @Override
  public void close(CloseMode mode) {
    open.remove(this);
    super.close(mode);
  }
}
