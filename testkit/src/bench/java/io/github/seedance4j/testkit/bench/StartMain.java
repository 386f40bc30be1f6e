package io.github.seedance4j.testkit.bench;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A cold process that starts a fake and asks it once; prints how many milliseconds {@code
 * FakeTokenHub.start()} took.
 */
final class StartMain {

  private StartMain() {}

  public static void main(String[] args) throws IOException {
    long begin = System.nanoTime();
    FakeTokenHub hub = FakeTokenHub.start();
    long started = System.nanoTime();
    try (hub;
        Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/videos/generations/x HTTP/1.1\r\nHost: x\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() != 'H') {
        throw new IOException("no answer");
      }
      System.out.println((started - begin) / 1e6);
    }
  }
}
