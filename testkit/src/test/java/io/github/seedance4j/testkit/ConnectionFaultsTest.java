package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.fault.ConnectionFault;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What strikes a connection, seen from its other end. */
@SuppressWarnings("try") // what is closed by hand, or held open and no more
class ConnectionFaultsTest {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)");

  private final FakeTokenHub hub = HubClient.hub().start();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void refusesConnectionsUntilAdmittedOnTheSamePort() throws Exception {
    try (FakeTokenHub.Refusing refusing = hub.refusing()) {
      assertRefused();
      refusing.close();
      refusing.close();
      assertServed();
    }
    assertServed();
  }

  @Test
  void refusesUntilTheLastHasEnough() throws Exception {
    FakeTokenHub.Refusing one = hub.refusing();
    FakeTokenHub.Refusing other = hub.refusing();
    one.close();
    assertRefused();
    other.close();
    assertServed();
  }

  @Test
  void letsOpenConnectionsGoOnWhileItRefuses() throws Exception {
    try (Socket socket = connect()) {
      assertThat(exchanged(socket)).startsWith("HTTP/1.1 401 ");
      try (FakeTokenHub.Refusing refusing = hub.refusing()) {
        assertRefused();
        assertThat(exchanged(socket)).startsWith("HTTP/1.1 401 ");
      }
      assertServed();
      assertThat(exchanged(socket)).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void keepsItsPortFromOthersWhileItRefuses() throws Exception {
    try (FakeTokenHub.Refusing refusing = hub.refusing();
        ServerSocket thief = new ServerSocket()) {
      thief.setReuseAddress(false);
      assertThatThrownBy(() -> thief.bind(new InetSocketAddress("127.0.0.1", port())))
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void refusesForAWhile() throws Exception {
    ConnectionFault fault = new ConnectionFault.RefusesConnections(Duration.ofMillis(100));
    hub.nextConnection(fault);

    assertThat(hub.struck()).containsExactly(fault);
    long begun = System.nanoTime();
    while (refused()) {
      assertThat(System.nanoTime() - begun).isLessThan(PATIENCE_MILLIS * 1_000_000L);
    }
    assertServed();
  }

  @Test
  void givesThePortUpWhenClosedWhileItRefuses() throws Exception {
    hub.nextConnection(new ConnectionFault.RefusesConnections(Duration.ofHours(1)));
    assertRefused();
    FakeTokenHub.Refusing refusing = hub.refusing();
    int port = port();
    hub.close();
    refusing.close();

    try (FakeTokenHub next = FakeTokenHub.builder().port(port).start()) {
      assertThat(next.baseUrl().getPort()).isEqualTo(port);
    }
  }

  @Test
  void resetsTheNextConnectionOnly() throws Exception {
    hub.nextConnection(new ConnectionFault.ResetsAfterAccept());
    try (Socket socket = connect()) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThat(hub.struck()).containsExactly(new ConnectionFault.ResetsAfterAccept());
    assertServed();
  }

  @Test
  void hangsOnTheNextConnectionUntilTheFakeIsClosed() throws Exception {
    hub.nextConnection(new ConnectionFault.HangsAfterAccept());
    try (Socket socket = connect()) {
      WireClient.Got got =
          WireClient.exchange(socket, WireClient.create(), () -> !hub.struck().isEmpty());
      assertThat(got).isEqualTo(new WireClient.Got("", WireClient.End.OPEN));
      assertServed();
      hub.close();
      socket.setSoTimeout(PATIENCE_MILLIS);

      assertThat(ended(socket)).isTrue();
    }
    assertThat(hub.requests().createsBegun()).isZero();
    assertThat(hub.ledger().charges()).isEmpty();
  }

  @Test
  void strikesConnectionsInOrder() throws Exception {
    hub.nextConnection(new ConnectionFault.ResetsAfterAccept())
        .nextConnection(new ConnectionFault.HangsAfterAccept());
    WireClient.exchange(hub, "x");
    WireClient.exchange(hub, "x", () -> hub.struck().size() == 2);

    assertThat(hub.struck())
        .containsExactly(
            new ConnectionFault.ResetsAfterAccept(), new ConnectionFault.HangsAfterAccept());
  }

  @Test
  void forgetsWhatHasNotStruckWhenTold() throws Exception {
    hub.nextConnection(new ConnectionFault.ResetsAfterAccept()).clearFaults();
    assertServed();
  }

  @Test
  void refusesToGoByACreate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hub.next().with(new ConnectionFault.HangsAfterAccept()))
        .withMessageStartingWith("faults: hangs-after-accept strikes a connection, not a create")
        .withMessageContaining("nextConnection");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionFault.RefusesConnections(Duration.ofSeconds(-1)))
        .withMessage("during: 0 or more, not -1.0");
  }

  private int port() {
    return hub.baseUrl().getPort();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private void assertRefused() {
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  private boolean refused() throws IOException {
    try (Socket socket = connect()) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private void assertServed() throws IOException {
    try (Socket socket = connect()) {
      assertThat(exchanged(socket)).startsWith("HTTP/1.1 401 ");
    }
  }

  /** A poll without a key, on a connection that is kept; the first bytes of its answer. */
  private static String exchanged(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/videos/generations/x HTTP/1.1\r\nHost: x\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int b = socket.getInputStream().read();
      assertThat(b).as("after %s", answer).isNotNegative();
      answer.append((char) b);
    }
    Matcher length = LENGTH.matcher(answer);
    assertThat(length.find()).isTrue();
    assertThat(socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)))).isNotEmpty();
    return answer.toString();
  }

  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }
}
