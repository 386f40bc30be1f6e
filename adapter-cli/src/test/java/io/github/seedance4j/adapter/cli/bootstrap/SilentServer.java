package io.github.seedance4j.adapter.cli.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes calls on loopback, and answers none. */
final class SilentServer implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final List<Socket> calls = new ArrayList<>();
  private final CountDownLatch called = new CountDownLatch(1);

  SilentServer() throws IOException {
    Thread thread = new Thread(this::accept, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/api/v1";
  }

  /** Returns once the first bytes of a call are here. */
  void awaitRequest() throws InterruptedException {
    if (!called.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody called");
    }
  }

  synchronized int requests() {
    return calls.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket call = server.accept();
        synchronized (this) {
          calls.add(call);
        }
        if (call.getInputStream().read() >= 0) {
          called.countDown();
        }
      }
    } catch (IOException closed) {
      // as it ends
    }
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    for (Socket call : calls) {
      call.close();
    }
  }
}
