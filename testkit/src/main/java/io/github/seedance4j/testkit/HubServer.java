package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.ConnectionFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * The provider's HTTP: a port of loopback that is {@linkplain Listening listened on}, a thread and
 * a {@link Conversation} for each connection, {@link Routes} for what is asked.
 */
final class HubServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");

  private final int wantedPort;
  private final Routes routes;
  private final Names names;
  private final Script script;
  private final Strikes strikes;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Set<CuttableConnection> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Listening listening;
  private volatile boolean closed;
  private volatile int port;
  private int refusing;
  private @Nullable Socket placeholder;

  /**
   * @param port 0 for any free one
   */
  HubServer(int port, Routes routes, Script script, Strikes strikes, Names names) {
    this.wantedPort = port;
    this.routes = routes;
    this.script = script;
    this.strikes = strikes;
    this.names = names;
  }

  /**
   * @throws IOException if the port is taken
   */
  void start() throws IOException {
    start(wantedPort);
  }

  private void start(int wanted) throws IOException {
    Listening begun = new Listening(wanted, this::take);
    port = begun.port();
    listening = begun;
    begun.start();
  }

  int port() {
    return port;
  }

  /** Whether nobody listens now. */
  synchronized boolean refuses() {
    return closed || refusing > 0;
  }

  /**
   * Nobody listens from here on, until {@link #admit} was called as often as this; connections that
   * are open go on.
   */
  synchronized void refuse() {
    Listening now = listening;
    refusing++;
    if (now == null) {
      return;
    }
    now.close();
    listening = null;
    try {
      placeholder = Listening.held(port);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "port " + port + " is not held while it refuses", e);
    }
  }

  /**
   * @throws UncheckedIOException if somebody else has taken the port meanwhile
   */
  synchronized void admit() {
    refusing--;
    if (refusing > 0 || closed) {
      return;
    }
    try {
      try {
        start(port);
      } catch (BindException e) {
        // not Linux: a port that is only bound can't be listened on by another socket there
        release();
        start(port);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the fake can't listen on port " + port + " again", e);
    } finally {
      release();
    }
  }

  /** {@link #refuse}, and {@link #admit} when that time is over, by the real clock. */
  void refuse(Duration during) {
    refuse();
    // no daemon: meanwhile nobody else keeps a program alive that only serves
    new Thread(
            () -> {
              try {
                over.await(during.toNanos(), TimeUnit.NANOSECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              admitAgain();
            },
            "fake-tokenhub-refusing-" + port)
        .start();
  }

  private void admitAgain() {
    try {
      admit();
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.ERROR, "the fake serves nobody any more", e);
    }
  }

  private void release() {
    try {
      if (placeholder != null) {
        placeholder.close();
        placeholder = null;
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a held port is not given up", e);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Gives the port up and ends all connections at once; what runs on them fails. */
  @Override
  public synchronized void close() {
    closed = true;
    over.countDown();
    release();
    Listening now = listening;
    if (now != null) {
      now.close();
    }
    open.forEach(connection -> connection.close(CloseMode.IMMEDIATE));
  }

  private void take(Socket socket) throws IOException {
    ConnectionFault fault = script.connection();
    if (fault != null) {
      strikes.add(fault);
    }
    if (fault instanceof ConnectionFault.ResetsAfterAccept) {
      socket.setSoLinger(true, 0);
      socket.close();
      return;
    }
    CuttableConnection connection = new CuttableConnection(socket);
    open.add(connection);
    if (closed) {
      // accepted in the very last moment: nobody else would close it
      connection.close(CloseMode.IMMEDIATE);
    }
    if (fault instanceof ConnectionFault.HangsAfterAccept) {
      return; // nobody reads from it, so nobody sees the client go: it is kept until we close
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
