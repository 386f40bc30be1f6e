package io.github.seedance4j.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A port of 127.0.0.1 that is listened on, from construction to {@link #close}; then it refuses
 * connections at once. To be refused for a while, close one and make another on the same port.
 */
final class Listening implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.testkit");
  private static final int BACKLOG = 1_024;
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final Duration RETRY = Duration.ofMillis(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ServerSocket socket;
  private final Taker taker;
  private final Thread acceptor;

  /** Takes an accepted connection over; must not block, for nobody else is let in meanwhile. */
  interface Taker {
    void take(Socket socket) throws IOException;
  }

  /**
   * Binds the port; connections are taken from {@link #start} on.
   *
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  Listening(int port, Taker taker) throws IOException {
    this.taker = taker;
    this.socket = new ServerSocket();
    try {
      // an open connection of before must not keep a port from being listened on again
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    // no daemon: a program that only starts a fake serves until it is stopped
    this.acceptor = new Thread(this::accept, "fake-tokenhub-" + port());
  }

  Listening start() {
    acceptor.start();
    return this;
  }

  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
  }

  int port() {
    return socket.getLocalPort();
  }

  /**
   * Binds the port of a closed one without listening: who connects is refused, and nobody else is
   * given the port. Waits until nobody listens on it, and so closing the answer proves as much: a
   * process that this one starts inherits our sockets for a moment.
   *
   * @throws BindException if somebody listens there for seconds
   */
  static Socket held(int port) throws IOException {
    long begun = System.nanoTime();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(loopback(), port));
        return socket;
      } catch (IOException e) {
        socket.close();
        if (System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS)) {
          throw e;
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      Socket accepted = null;
      try {
        accepted = socket.accept();
        taker.take(accepted);
      } catch (IOException | RuntimeException e) {
        discard(accepted);
        if (!socket.isClosed()) {
          // out of file descriptors, mostly: that may pass, and must not spin
          LOG.log(System.Logger.Level.WARNING, "the fake can't take a connection", e);
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private static void discard(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection that was not taken is not closed", e);
    }
  }

  /**
   * Gives the port up before it returns. The JDK does so only when the thread that waits in {@code
   * accept} has woken: a client that connects in between would be taken by nobody.
   */
  @Override
  public void close() {
    try {
      socket.close();
      acceptor.join(LONGEST_WAIT_MILLIS);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the fake's port is not given up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
