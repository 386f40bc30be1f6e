package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Alone: a process that another test starts holds all our sockets for a moment, and another fake
 * may take the free port.
 */
@Isolated
class PortReleaseTest {
  @Test
  void givesItsPortUpBeforeCloseReturns() {
    for (int i = 0; i < 100; i++) {
      FakeTokenHub hub = HubClient.hub().start();
      int port = hub.baseUrl().getPort();
      hub.close();

      assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
          .isInstanceOf(ConnectException.class);
    }
  }
}
