package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How answers go over the wire, and that no wait outlives who waits. */
@SuppressWarnings("try") // what is closed by hand, or held open and no more
class ReplyWriterTest {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final Duration LONG = Duration.ofHours(1);

  private final FakeTokenHub hub = HubClient.hub().start();

  @AfterEach
  void close() {
    hub.close();
  }

  static Stream<Fault> waits() {
    return Stream.of(
        new CreateFault.HangsAfterCharge(),
        new CreateFault.DelaysAnswer(LONG),
        new CreateFault.DripsAnswer(LONG),
        new CreateFault.FloodsHead());
  }

  @ParameterizedTest
  @MethodSource("waits")
  void stopsWaitingWhenTheClientHangsUp(Fault fault) throws Exception {
    Thread serving;
    try (Socket socket = struck(fault)) {
      serving = serving(socket);
    }
    serving.join(PATIENCE_MILLIS);

    assertThat(serving.isAlive()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("waits")
  void stopsWaitingWhenTheFakeIsClosed(Fault fault) throws Exception {
    try (Socket socket = struck(fault)) {
      Thread serving = serving(socket);
      hub.close();
      serving.join(PATIENCE_MILLIS);

      assertThat(serving.isAlive()).isFalse();
    }
  }

  @Test
  void stopsWaitingBehindARequestThatWasSentAhead() throws Exception {
    try (Socket socket = struck(new CreateFault.DelaysAnswer(LONG))) {
      Thread serving = serving(socket);
      send(socket, WireClient.create());
      hub.close();
      serving.join(PATIENCE_MILLIS);

      assertThat(serving.isAlive()).isFalse();
    }
  }

  @Test
  void sendsAByteAndWaits() throws Exception {
    try (Socket socket = struck(new CreateFault.DripsAnswer(LONG))) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void sendsAllOfItByteByByte() throws Exception {
    hub.next().with(new CreateFault.DripsAnswer(Duration.ofNanos(1)));
    WireClient.Got got = WireClient.exchange(hub, WireClient.create());

    assertThat(got.text()).startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(got.body()).startsWith("{\"id\":\"task-").endsWith("}");
    assertThat(got.end()).isEqualTo(WireClient.End.CLOSED);
  }

  @Test
  void goesOnAfterALateAnswerWithWhatWasSentAhead() throws Exception {
    Duration late = Duration.ofMillis(100);
    hub.next().with(new CreateFault.DelaysAnswer(late));
    String kept = WireClient.create().replace("Connection: close\r\n", "");
    long begun = System.nanoTime();
    WireClient.Got got = WireClient.exchange(hub, kept + WireClient.create());

    assertThat(got.text().split("HTTP/1.1 200 OK\r\n", -1)).hasSize(3);
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(late.toNanos());
    assertThat(hub.tasks()).hasSize(2);
  }

  @Test
  void writesTheSameBytesHoweverDelivered() throws Exception {
    String whole = "ab" + "c".repeat(200_000) + "d";
    Answer.Reply reply =
        new Answer.Reply(200, Map.of(), RepeatedBody.of("ab").then("c", 200_000).then("d", 1));

    assertThat(delivered(reply).body()).isEqualTo(whole);
    assertThat(delivered(reply.with(cut(3, Delivery.How.CLOSE))).body()).isEqualTo("abc");
    assertThat(delivered(reply.with(cut(200_003, Delivery.How.CLOSE))).body()).isEqualTo(whole);
    assertThat(delivered(reply.cutInMiddle(Delivery.How.CLOSE)).body()).hasSize(100_001);
    assertThat(joined(delivered(reply.with(new Delivery.Chunked())).body())).isEqualTo(whole);
  }

  @Test
  void tellsNobodyHowLongABodyIsThatItCanNotMeasure() throws Exception {
    Body unmeasured =
        new Body() {
          @Override
          public long length() {
            return UNKNOWN;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write('x');
            out.write(new byte[0]);
            out.write("yz".getBytes(StandardCharsets.US_ASCII));
          }
        };
    WireClient.Got got = delivered(new Answer.Reply(200, Map.of(), unmeasured));

    assertThat(got.text())
        .contains("Transfer-Encoding: chunked\r\n")
        .doesNotContain("Content-Length")
        .endsWith("\r\n\r\n1\r\nx\r\n2\r\nyz\r\n0\r\n\r\n");
  }

  @Test
  void endsACutAnswerAsTold() throws Exception {
    Answer.Reply reply = new Answer.Reply(200, Map.of(), Body.of("abcdef"));

    assertThat(delivered(reply.with(cut(2, Delivery.How.RESET))))
        .matches(got -> got.body().equals("ab") && got.end() == WireClient.End.RESET);
    assertThat(delivered(reply.with(cut(2, Delivery.How.HANG)), "ab"))
        .matches(got -> got.end() == WireClient.End.OPEN);
  }

  @Test
  void dripsTheBodyAloneWhenTold() throws Exception {
    Answer.Reply reply = new Answer.Reply(200, Map.of(), Body.of("abcdef"));

    assertThat(delivered(reply.with(new Delivery.Drips(LONG, false)), "a"))
        .matches(got -> got.end() == WireClient.End.OPEN);
  }

  private static Delivery cut(long after, Delivery.How how) {
    return new Delivery.CutInBody(after, how);
  }

  private static String joined(String chunks) {
    StringBuilder all = new StringBuilder();
    int at = 0;
    while (true) {
      int line = chunks.indexOf("\r\n", at);
      int size = Integer.parseInt(chunks.substring(at, line), 16);
      if (size == 0) {
        return all.toString();
      }
      all.append(chunks, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
  }

  /** What a client gets of one answer until it ends. */
  private static WireClient.Got delivered(Answer.Reply reply) throws Exception {
    return delivered(reply, "never sent");
  }

  /** What a client gets of one answer until it ends, or falls silent with that as its body. */
  private static WireClient.Got delivered(Answer.Reply reply, String body) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
        CuttableConnection connection = new CuttableConnection(listening.accept())) {
      FutureTask<Boolean> writing =
          new FutureTask<>(
              () -> {
                byte[] head = ReplyHead.bytes(reply, "req-1", "close");
                boolean whole = new ReplyWriter(connection).write(reply, head, true);
                connection.close();
                return whole;
              });
      new Thread(writing, "writing").start();
      WireClient.Got got = WireClient.read(client, body);
      client.close();
      writing.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return got;
    }
  }

  private Socket struck(Fault fault) throws IOException {
    hub.next().with(fault);
    Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    send(socket, WireClient.create().replace("Connection: close\r\n", ""));
    long begun = System.nanoTime();
    while (hub.struck().isEmpty()) {
      Thread.onSpinWait();
      assertThat(System.nanoTime() - begun).isLessThan(PATIENCE_MILLIS * 1_000_000L);
    }
    return socket;
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static Thread serving(Socket client) {
    String name = "fake-tokenhub-connection-" + client.getLocalPort();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
