package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.fault.CreateFault;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The fake's HTTP, byte by byte. */
class ConversationTest {

  private static final String GET =
      "GET /api/v1/videos/generations/x HTTP/1.1\r\nHost: localhost\r\n";
  private static final String POST =
      "POST /api/v1/videos/generations HTTP/1.1\r\nHost: localhost\r\n"
          + "Authorization: Bearer th-x\r\n";

  @Test
  void keepsTheConnectionAsHttpSays() throws Exception {
    assertThat(raw(GET + "\r\n" + GET + "Connection: close\r\n\r\n"))
        .containsPattern("(?s)HTTP/1.1 401 .*HTTP/1.1 401 .*Connection: close\r\n");
    assertThat(raw(GET + "Connection: x, CLOSE\r\n\r\n" + GET + "\r\n")).satisfies(answered(1));
    assertThat(raw("GET /x HTTP/1.0\r\n\r\nGET /x HTTP/1.0\r\n\r\n")).satisfies(answered(1));
    assertThat(raw("GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /x HTTP/1.0\r\n\r\n"))
        .satisfies(answered(2))
        .contains("Connection: keep-alive\r\n");
  }

  @Test
  void keepsTheConnectionAfterARefusal() throws Exception {
    assertThat(raw(POST + "Content-Length: 2\r\n\r\n{}" + GET + "Connection: close\r\n\r\n"))
        .containsPattern("(?s)HTTP/1.1 400 .*HTTP/1.1 401 ");
  }

  @Test
  void readsPastBodiesNobodyAskedFor() throws Exception {
    assertThat(
            raw(
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n0\r\n\r\n"
                    + GET
                    + "Connection: close\r\n\r\n"))
        .containsPattern("(?s)HTTP/1.1 404 .*HTTP/1.1 401 ");
  }

  @Test
  void saysWhenItIsAndHowLongTheAnswer() throws Exception {
    String answer = raw(GET + "Connection: close\r\n\r\n");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);

    assertThat(answer)
        .containsPattern(
            "\r\nDate: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r\n")
        .contains("\r\nContent-Length: " + body.length() + "\r\n");
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    assertThat(raw("HEAD /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ")
        .containsPattern("Content-Length: [1-9]")
        .endsWith("\r\n\r\n");
  }

  @Test
  void letsAClientGoOnThatWaitsToSendItsBody() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start();
        Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket.setSoTimeout(20_000);
      send(socket, POST + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n");
      String go = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(
              new String(socket.getInputStream().readNBytes(go.length()), StandardCharsets.UTF_8))
          .isEqualTo(go);

      send(socket, "{}");

      assertThat(read(socket)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void refusesWhatIsNotHttpAndCloses() throws Exception {
    Map<String, Integer> statuses =
        Map.ofEntries(
            Map.entry("nonsense\r\n\r\n", 400),
            Map.entry("GET /x HTTP/1.1\r\n\r\n", 400),
            Map.entry("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            Map.entry("GET /x HTTP/1.1\r\nHost: a:b:c\r\n\r\n", 400),
            Map.entry("GET /x HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
            Map.entry(POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400),
            Map.entry(POST + "Content-Length: two\r\n\r\n{}", 400),
            Map.entry(POST + "Transfer-Encoding: gzip\r\n\r\n{}", 501),
            Map.entry("GET /x HTTP/2.0\r\nHost: a\r\n\r\n", 505),
            Map.entry(GET + "X: y\r\n".repeat(300) + "\r\n", 431),
            Map.entry(GET + "X: " + "y".repeat(200_000) + "\r\n\r\n", 431));
    for (Map.Entry<String, Integer> each : statuses.entrySet()) {
      String name = each.getKey().substring(0, Math.min(150, each.getKey().length()));
      assertThat(raw(each.getKey() + GET + "\r\n"))
          .as(name)
          .startsWith("HTTP/1.1 " + each.getValue() + " ")
          .contains("\r\nConnection: close\r\n", "{\"error\":{\"code\":\"BadRequest\"")
          .satisfies(answered(1));
    }
  }

  @Test
  void leavesWhatAScriptSaysAsItIs() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      hub.next()
          .with(
              new CreateFault.Answers(
                  200,
                  Map.of("content-length", "3", "Date", "never", "Connection", "close"),
                  "{}",
                  true));
      String answer =
          raw(
              hub,
              POST + "Content-Length: " + HubClient.BEACH.length() + "\r\n\r\n" + HubClient.BEACH);

      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n{}");
      assertThat(answer.substring(0, answer.length() - 6).lines())
          .contains("content-length: 3", "Date: never", "Connection: close")
          .hasSize(5);
    }
  }

  @Test
  void sendsNoBodyWhereNoneMayBe() throws Exception {
    for (int status : List.of(204, 304)) {
      try (FakeTokenHub hub = HubClient.hub().start()) {
        hub.next().with(new CreateFault.Answers(status, Map.of("Connection", "close"), "{}", true));

        assertThat(
                raw(
                    hub,
                    POST
                        + "Content-Length: "
                        + HubClient.BEACH.length()
                        + "\r\n\r\n"
                        + HubClient.BEACH))
            .startsWith("HTTP/1.1 " + status + " ")
            .doesNotContain("Content-Length")
            .endsWith("\r\n\r\n");
      }
    }
  }

  private static Consumer<String> answered(int times) {
    return answer -> assertThat(answer.split("HTTP/1\\.1 [0-9]{3} ", -1)).hasSize(times + 1);
  }

  private static String raw(String requests) throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      return raw(hub, requests);
    }
  }

  /** All that comes back until the fake closes the connection. */
  private static String raw(FakeTokenHub hub, String requests) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket.setSoTimeout(20_000);
      send(socket, requests);
      return read(socket);
    }
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
