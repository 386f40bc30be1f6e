package io.github.seedance4j.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.net.ServerSocketFactory;

/**
 * A listening socket that is gone once {@link #close} returns. The JDK's gives its port up only
 * when the thread that waits in {@code accept} has woken: a client that connects in between is
 * taken by nobody.
 */
final class PromptServerSocket extends ServerSocket {

  private static final long LONGEST_WAIT_SECONDS = 5;

  // accepting is reading, so that closing can wait for it to end
  private final ReadWriteLock accepting = new ReentrantReadWriteLock();

  // unbound at first: a constructor that binds closes what it can't bind, before our field is there
  private PromptServerSocket() throws IOException {}

  @Override
  public Socket accept() throws IOException {
    accepting.readLock().lock();
    try {
      return super.accept();
    } finally {
      accepting.readLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    try {
      if (accepting.writeLock().tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        accepting.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes such sockets for one address. */
  static final class Factory extends ServerSocketFactory {
    private final InetAddress address;

    Factory(InetAddress address) {
      this.address = address;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return createServerSocket(port, 0, address);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return createServerSocket(port, backlog, address);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress at)
        throws IOException {
      PromptServerSocket socket = new PromptServerSocket();
      try {
        socket.bind(new InetSocketAddress(at, port), backlog);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
  }
}
