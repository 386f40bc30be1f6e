package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Alone: a process that another test starts holds all our sockets for a moment, and another fake
 * may take the free port.
 */
@Isolated
class PortReleaseTest {

  @Test
  void givesItsPortUpBeforeCloseReturns() throws IOException {
    for (int i = 0; i < 100; i++) {
      FakeTokenHub hub = HubClient.hub().start();
      int port = hub.baseUrl().getPort();
      try (Socket client = new Socket("127.0.0.1", port)) {
        // once it has answered, it waits for the next connection
        client
            .getOutputStream()
            .write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.getInputStream().read()).isEqualTo('H');
        hub.close();

        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
            .isInstanceOf(ConnectException.class);
      }
    }
  }
}
