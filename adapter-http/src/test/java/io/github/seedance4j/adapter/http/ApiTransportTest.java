package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.CreateReply.Phase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTransportTest extends TransportFixture {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  // ---- Retry-After

  @Test
  void readsRetryAfterAsSecondsOrDateAndCapsIt() {
    Duration cap = Duration.ofMinutes(5);
    assertThat(RetryAfter.parse("8", NOW, cap)).contains(Duration.ofSeconds(8));
    assertThat(RetryAfter.parse(" 0 ", NOW, cap)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("86400", NOW, cap)).contains(cap);
    assertThat(RetryAfter.parse("99999999999999999999", NOW, cap)).contains(cap);
    assertThat(RetryAfter.parse("Sun, 22 Nov 2026 12:00:30 GMT", NOW, cap))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Sun, 22 Nov 2026 11:00:00 GMT", NOW, cap)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("Sun, 22 Nov 2099 11:00:00 GMT", NOW, cap)).contains(cap);
    for (String nonsense : new String[] {"-1", "soon", "1.5", "", " ", "8s", "0x10", "٣"}) {
      assertThat(RetryAfter.parse(nonsense, NOW, cap)).as(nonsense).isEmpty();
    }
    assertThat(RetryAfter.parse(null, NOW, cap)).isEmpty();
  }

  @Test
  void holdsARetryAfterDateAgainstItsClock() throws Exception {
    HttpOptions options = HttpOptions.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
    try (WireServer server =
            WireServer.answering(
                answer(429, "Retry-After: Sun, 22 Nov 2026 12:00:07 GMT\r\n", ""));
        ApiTransport api = open(server.uri("/v1"), options)) {
      assertThat(((Exchange.Answered) api.post("/v", JSON)).retryAfter())
          .isEqualTo(Duration.ofSeconds(7));
    }
  }

  // ---- reads are repeated

  @Test
  void repeatsReadsWithGrowingPauses() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  if (request.number() == 1) {
                    peer.drop();
                  } else {
                    peer.send(answer(request.number() == 2 ? 502 : 200, "", "{\"ok\":1}"));
                  }
                });
        ApiTransport api = open(server.uri("/v1"))) {
      assertThat(((Exchange.Answered) api.get("/v")).body()).isEqualTo("{\"ok\":1}");
      assertThat(server.requests()).hasSize(3);
      assertThat(slept).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401, 402, 403, 404, 409, 422})
  void doesNotRepeatReadsThatWereAnswered(int status) throws Exception {
    try (WireServer server = WireServer.answering(answer(status, "", "{}"));
        ApiTransport api = open(server.uri("/v1"))) {
      api.get("/v");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void stopsRepeatingWhenTheBudgetIsSpent() throws Exception {
    HttpOptions options = HttpOptions.builder().retryBudget(3).build();
    try (WireServer server = WireServer.answering(answer(500, "", ""));
        ApiTransport api = open(server.uri("/v1"), options)) {
      for (int i = 0; i < 5; i++) {
        api.get("/v");
      }
      assertThat(server.requests()).hasSize(5 + 3);
    }
  }

  @Test
  void earnsRetriesBackBySuccesses() {
    RetryBudget budget = new RetryBudget(1);
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
    for (int i = 0; i < 9; i++) {
      budget.succeeded();
    }
    assertThat(budget.take()).isFalse();
    budget.succeeded();
    assertThat(budget.take()).isTrue();
    for (int i = 0; i < 100; i++) {
      budget.succeeded();
    }
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  // ---- how far it got

  @Test
  void tellsThatAHostHasNoAddress() {
    try (ApiTransport api = open(URI.create("https://no-such-host.invalid/v1"))) {
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.RESOLVE);
    }
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    try (ApiTransport api = open(URI.create("http://127.0.0.1:" + port))) {
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.CONNECT);
    }
  }

  @Test
  void tellsThatTheSecureChannelDidNotComeAbout() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ApiTransport api = open(URI.create("https://127.0.0.1:" + plain.getLocalPort()))) {
      Thread server =
          new Thread(
              () -> {
                try (var socket = plain.accept()) {
                  socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes("UTF-8"));
                  socket.getInputStream().readAllBytes();
                } catch (java.io.IOException e) {
                  return;
                }
              });
      server.setDaemon(true);
      server.start();
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.TLS);
    }
  }

  @Test
  void tellsThatItsOwnPoolWasFull() throws Exception {
    HttpOptions options =
        HttpOptions.builder().maxConnections(1).leaseTimeout(Duration.ofMillis(50)).build();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  arrived.countDown();
                  release.await();
                  peer.send(answer(200, "", "{}"));
                });
        ApiTransport api = open(server.uri("/v1"), options)) {
      Thread first = new Thread(() -> api.post("/v", JSON));
      first.start();
      arrived.await();
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.LEASE);
      release.countDown();
      first.join();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void tellsThatNothingLeftWhenTheThreadIsInterruptedBefore() throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", "{}"));
        ApiTransport api = open(server.uri("/v1"))) {
      Thread.currentThread().interrupt();
      Exchange exchange = api.post("/v", JSON);
      assertThat(Thread.interrupted()).isTrue();
      if (server.requests().isEmpty()) {
        assertThat(phase(exchange)).isNotEqualTo(Phase.SENT);
      } else {
        assertThat(((Exchange.Answered) exchange).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void refusesCallsOnceClosed() throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", "{}"))) {
      ApiTransport api = open(server.uri("/v1"));
      api.close();
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.CLOSED);
      assertThat(phase(api.get("/v"))).isEqualTo(Phase.CLOSED);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void takesACallThatIsCutByClosingForSent() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (WireServer server =
        new WireServer(
            (request, peer) -> {
              arrived.countDown();
              peer.stall();
            })) {
      ApiTransport api = open(server.uri("/v1"));
      AtomicReference<Exchange> result = new AtomicReference<>();
      Thread caller = new Thread(() -> result.set(api.post("/v", JSON)));
      caller.start();
      arrived.await();
      api.close();
      caller.join();
      assertThat(phase(result.get())).isEqualTo(Phase.SENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "SSH-2.0-OpenSSH\r\n",
        ""
      })
  void takesASuccessThatBreaksOffForSent(String raw) throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send(raw);
                  peer.drop();
                });
        ApiTransport api = open(server.uri("/v1"))) {
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.SENT);
    }
  }

  @Test
  void keepsTheStatusOfARefusalThatBreaksOff() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 429 X\r\nContent-Length: 50\r\nRetry-After: 3\r\n\r\n{");
                  peer.drop();
                });
        ApiTransport api = open(server.uri("/v1"))) {
      Exchange.Answered answer = (Exchange.Answered) api.post("/v", JSON);
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void sendsEachCreateOnAConnectionOfItsOwn() throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", "{}"));
        ApiTransport api = open(server.uri("/v1"))) {
      api.post("/v", JSON);
      api.post("/v", JSON);
      assertThat(server.connections()).isEqualTo(2);
      api.get("/v");
      api.get("/v");
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void takesAProxysRefusalForNoConnection() throws Exception {
    try (WireServer proxy = WireServer.answering(answer(403, "", "{\"error\":\"no\"}"))) {
      HttpOptions options = HttpOptions.builder().proxy(proxy.uri("")).build();
      try (ApiTransport api = open(URI.create("https://tokenhub.invalid/v1"), options)) {
        assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.CONNECT);
        assertThat(proxy.requests().get(0).method()).isEqualTo("CONNECT");
        assertThat(proxy.requests().get(0).headers().toString()).doesNotContain("s3cret");
      }
    }
  }

  @Test
  void callsThroughAProxyWithThePathAndTheKey() throws Exception {
    try (WireServer proxy = WireServer.answering(answer(200, "", "{}"))) {
      HttpOptions options = HttpOptions.builder().proxy(proxy.uri("")).build();
      try (ApiTransport api = open(URI.create("http://127.0.0.1:9/v1"), options)) {
        api.post("/videos?x=1", JSON);
        assertThat(proxy.requests().get(0).path()).isEqualTo("http://127.0.0.1:9/v1/videos?x=1");
        assertThat(proxy.requests().get(0).headers()).containsKey("authorization");
      }
    }
  }

  // ---- what is sent

  @Test
  void sendsTheGuidesHeadersAndNoMore() throws Exception {
    try (WireServer server = WireServer.answering(answer(200, "", "{}"));
        ApiTransport api = open(server.uri("/api/v1/"))) {
      assertThat(api.baseUrl()).isEqualTo("http://127.0.0.1:" + server.port() + "/api/v1");
      api.post("/videos", JSON);
      WireServer.Request request = server.requests().get(0);
      assertThat(request.path()).isEqualTo("/api/v1/videos");
      assertThat(request.body()).isEqualTo("{\"prompt\":\"x\"}");
      assertThat(request.headers().get("user-agent")).matches("seedance4j/\\d+\\.\\d+\\.\\d+\\S*");
      assertThat(request.headers().keySet())
          .containsExactlyInAnyOrder(
              "accept",
              "authorization",
              "connection",
              "content-length",
              "content-type",
              "host",
              "user-agent");
    }
  }

  @Test
  void keepsTheKeyOutOfEveryLog() throws Exception {
    ApiKey key = ApiKey.of("th-unloggable-42");
    try (WireServer server = WireServer.answering(answer(200, "", "{\"id\":\"logged-task\"}"));
        ApiTransport api =
            new ApiTransport(key, server.uri("/v1"), HttpOptions.standard(), null, counted)) {
      api.post("/videos", JSON);
      api.get("/videos/1");
      assertThat(server.requests().get(0).headers())
          .containsEntry("authorization", "Bearer th-unloggable-42");
    }
    assertThat(LogCapture.text())
        .contains("org.apache.hc.client5.http.impl.classic")
        .doesNotContain("th-unloggable-42")
        .doesNotContain("logged-task");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tokenhub.store/api/v1",
        "http://127.0.0.1.evil.example/",
        "https://user:pw@tokenhub.store/",
        "https://tokenhub.store/?a=b",
        "https://tokenhub.store/#x",
        "ftp://tokenhub.store/",
        "/api/v1",
        "https:///x"
      })
  void refusesABaseUrlThatWouldGiveTheKeyAway(String url) {
    assertThatThrownBy(() -> open(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("baseUrl: ")
        .hasMessageNotContaining("pw");
  }
}
