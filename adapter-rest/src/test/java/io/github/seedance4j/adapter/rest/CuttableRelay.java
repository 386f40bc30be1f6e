package io.github.seedance4j.adapter.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a browser and a gateway, and can be cut like a cable. */
final class CuttableRelay implements AutoCloseable {

  private final ServerSocket listening;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  CuttableRelay(URI gateway) throws IOException {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.getPort());
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::listen);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** From now on nothing passes, and what is open is cut. */
  void cut() {
    cut = true;
    open.forEach(CuttableRelay::close);
  }

  void mend() {
    cut = false;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        if (cut) {
          close(client);
          continue;
        }
        Socket server = new Socket();
        server.connect(target);
        open.add(server);
        thread(() -> pass(client, server));
        thread(() -> pass(server, client));
      } catch (IOException ended) {
        // the relay was closed, or the gateway was
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException ended) {
      // one side went away, and so does the other
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "cuttable-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(CuttableRelay::close);
  }
}
