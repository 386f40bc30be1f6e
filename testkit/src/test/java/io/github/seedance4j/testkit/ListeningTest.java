package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListeningTest {

  /** As a process does that was started while the port was listened on. */
  @Test
  void waitsForWhoStillHoldsAPortThatWasGivenUp() throws Exception {
    FutureTask<Socket> holding;
    int port;
    try (ServerSocket heir = new ServerSocket()) {
      heir.bind(new InetSocketAddress(Listening.loopback(), 0));
      port = heir.getLocalPort();
      holding = new FutureTask<>(() -> Listening.held(port));
      Thread waiting = new Thread(holding, "waiting");
      waiting.start();
      while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    try (Socket held = holding.get(20, TimeUnit.SECONDS)) {
      assertThat(held.getLocalPort()).isEqualTo(port);
    }
  }
}
