package io.github.seedance4j.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * The provider's HTTP: a port of loopback that is {@linkplain Listening listened on}, a thread and
 * a {@link Conversation} for each connection, {@link Routes} for what is asked.
 */
final class HubServer implements AutoCloseable {

  private final int wantedPort;
  private final Routes routes;
  private final Names names;
  private final Set<CuttableConnection> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Listening listening;
  private volatile boolean closed;

  /**
   * @param port 0 for any free one
   */
  HubServer(int port, Routes routes, Names names) {
    this.wantedPort = port;
    this.routes = routes;
    this.names = names;
  }

  /**
   * @throws IOException if the port is taken
   */
  void start() throws IOException {
    Listening begun = new Listening(wantedPort, this::take);
    listening = begun;
    begun.start();
  }

  int port() {
    return Objects.requireNonNull(listening, "not started").port();
  }

  /** Gives the port up and ends all connections at once; what runs on them fails. */
  @Override
  public void close() {
    closed = true;
    Listening now = listening;
    if (now != null) {
      now.close();
    }
    open.forEach(connection -> connection.close(CloseMode.IMMEDIATE));
  }

  private void take(Socket socket) throws IOException {
    CuttableConnection connection = new CuttableConnection(socket);
    open.add(connection);
    if (closed) {
      // accepted in the very last moment: nobody else would close it
      connection.close(CloseMode.IMMEDIATE);
    }
    Thread thread =
        new Thread(() -> converse(connection), "fake-tokenhub-connection-" + socket.getPort());
    thread.setDaemon(true);
    thread.start();
  }

  private void converse(CuttableConnection connection) {
    try {
      new Conversation(connection, routes, names).run();
    } finally {
      open.remove(connection);
    }
  }
}
