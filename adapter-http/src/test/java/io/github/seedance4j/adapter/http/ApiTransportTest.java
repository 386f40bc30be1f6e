package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.CreateReply.Phase;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTransportTest {

  static final ApiKey KEY = ApiKey.of("th-s3cret-0123456789");
  private static final byte[] JSON = "{\"prompt\":\"x\"}".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final List<Duration> slept = new CopyOnWriteArrayList<>();
  private final Pause counted =
      new Pause() {
        @Override
        public boolean sleep(Duration length) {
          slept.add(length);
          return true;
        }

        @Override
        public double chance() {
          return 1;
        }
      };

  private ApiTransport open(URI base, HttpOptions options) {
    return new ApiTransport(KEY, base, options, null, counted);
  }

  private ApiTransport open(URI base) {
    return open(base, HttpOptions.standard());
  }

  private static Phase phase(Exchange exchange) {
    assertThat(exchange).isInstanceOf(Exchange.Broken.class);
    return ((Exchange.Broken) exchange).phase();
  }

  // ---- H1: one create, whatever the answer

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 408, 429, 500, 502, 503, 301, 302, 303, 307, 308})
  void h1SendsOneCreateWhateverTheStatus(int status) throws Exception {
    try (WireServer other = WireServer.answering(answer(200, "", "{}"));
        WireServer server =
            WireServer.answering(
                answer(status, "Retry-After: 0\r\nLocation: " + other.uri("/x") + "\r\n", "{}"));
        ApiTransport api = open(server.uri("/v1"))) {
      Exchange exchange = api.post("/videos", JSON);
      assertThat(((Exchange.Answered) exchange).status()).isEqualTo(status);
      assertThat(server.requests()).hasSize(1);
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void h1SendsOneCreateWhenTheConnectionIsCutWithoutAnAnswer() throws Exception {
    try (WireServer server = new WireServer((request, peer) -> peer.drop());
        ApiTransport api = open(server.uri("/v1"))) {
      assertThat(phase(api.post("/videos", JSON))).isEqualTo(Phase.SENT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void h1SendsOneCreateWhenTheConnectionIsReset() throws Exception {
    try (WireServer server = new WireServer((request, peer) -> peer.reset());
        ApiTransport api = open(server.uri("/v1"))) {
      assertThat(phase(api.post("/videos", JSON))).isEqualTo(Phase.SENT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** Without our one-shot body: what the factory alone holds. */
  @ParameterizedTest
  @ValueSource(ints = {429, 503, 301, 302, 307, 308})
  void h1FactoryNeitherRepeatsNorRedirectsAnOrdinaryPost(int status) throws Exception {
    try (WireServer other = WireServer.answering(answer(200, "", "{}"));
        WireServer server =
            WireServer.answering(
                answer(status, "Retry-After: 0\r\nLocation: " + other.uri("/x") + "\r\n", "{}"));
        CloseableHttpClient client = HardenedClients.creates(HttpOptions.standard())) {
      HttpPost post = new HttpPost(server.uri("/"));
      post.setEntity(new StringEntity("{}", ContentType.APPLICATION_JSON));
      client.executeOpen(HttpHost.create(server.uri("/")), post, null).close();
      assertThat(server.requests()).hasSize(1);
      assertThat(other.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 307, 308})
  void h1BodyGoesOutOnceEvenThroughAClientThatRepeats(int status) throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) ->
                    peer.send(answer(status, "Retry-After: 0\r\nLocation: /again\r\n", "{}")));
        CloseableHttpClient careless = HttpClients.createDefault();
        ApiTransport api =
            new ApiTransport(KEY, server.uri("/v1"), HttpOptions.standard(), careless, counted)) {
      api.post("/videos", JSON);
      assertThat(server.requests()).filteredOn(r -> !r.body().isEmpty()).hasSize(1);
    }
  }

  // ---- H2

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void h2KeyStaysWithItsOriginWhenAReadIsRedirected(int status) throws Exception {
    try (WireServer other = WireServer.answering(answer(200, "", "{}"));
        WireServer server =
            WireServer.answering(answer(status, "Location: " + other.uri("/x") + "\r\n", ""));
        ApiTransport api = open(server.uri("/v1"))) {
      Exchange exchange = api.get("/videos/1");
      assertThat(((Exchange.Answered) exchange).status()).isEqualTo(status);
      assertThat(server.requests().get(0).headers())
          .containsEntry("authorization", "Bearer th-s3cret-0123456789");
      assertThat(other.connections()).isZero();
    }
  }

  // ---- H3

  @Test
  void h3CutsADrippingCreateAtItsDeadline() throws Exception {
    HttpOptions options = brief().build();
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                  peer.drip('x');
                });
        ApiTransport api = open(server.uri("/v1"), options)) {
      Exchange exchange = api.post("/videos", JSON);
      assertThat(phase(exchange)).isEqualTo(Phase.SENT);
      assertThat(((Exchange.Broken) exchange).what()).contains("within PT1S");
    }
  }

  @Test
  void h3CutsADrippingHeaderAtItsDeadline() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\nX-Slow: ");
                  peer.drip('x');
                });
        ApiTransport api = open(server.uri("/v1"), brief().build())) {
      assertThat(phase(api.post("/videos", JSON))).isEqualTo(Phase.SENT);
    }
  }

  @Test
  void h3CutsADrippingReadAtItsDeadline() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                  peer.drip('x');
                });
        ApiTransport api = open(server.uri("/v1"), brief().build())) {
      assertThat(phase(api.get("/videos/1"))).isEqualTo(Phase.SENT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static HttpOptions.Builder brief() {
    Duration whole = Duration.ofSeconds(1);
    return HttpOptions.builder()
        .createDeadline(whole)
        .fetchDeadline(whole)
        .connectTimeout(whole)
        .leaseTimeout(whole)
        .responseTimeout(whole)
        .retryDelay(whole);
  }

  // ---- H4

  @Test
  void h4DoesNotInflateAndDoesNotAskForIt() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("{\"id\":\"t-1\"}".getBytes(StandardCharsets.UTF_8));
      gzip.write(new byte[8 << 20]);
    }
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send(
                      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                          + bomb.size()
                          + "\r\n\r\n");
                  peer.send(bomb.toByteArray());
                });
        ApiTransport api = open(server.uri("/v1"))) {
      Exchange.Answered answer = (Exchange.Answered) api.post("/videos", JSON);
      assertThat(answer.body()).doesNotContain("t-1").hasSizeLessThanOrEqualTo(bomb.size());
      assertThat(server.requests().get(0).headers()).doesNotContainKey("accept-encoding");
    }
  }

  @Test
  void h4StopsReadingAtTheBodyLimit() throws Exception {
    HttpOptions options = HttpOptions.builder().maxBody(1000).build();
    CountDownLatch refused = new CountDownLatch(1);
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                  try {
                    while (true) {
                      peer.send(new byte[64 * 1024]);
                    }
                  } finally {
                    refused.countDown();
                  }
                });
        ApiTransport api = open(server.uri("/v1"), options)) {
      Exchange.Answered answer = (Exchange.Answered) api.post("/videos", JSON);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void h4ReadsABodyOfExactlyTheLimit() throws Exception {
    HttpOptions options = HttpOptions.builder().maxBody(1000).build();
    try (WireServer server = WireServer.answering(answer(200, "", "y".repeat(1000)));
        ApiTransport api = open(server.uri("/v1"), options)) {
      assertThat(((Exchange.Answered) api.get("/v")).body()).hasSize(1000);
    }
  }

  // ---- H5

  @Test
  void h5RetryAfterBlocksNobodyAndIsHandedOn() throws Exception {
    try (WireServer server = WireServer.answering(answer(429, "Retry-After: 90\r\n", "{}"));
        ApiTransport api = open(server.uri("/v1"))) {
      Exchange.Answered read = (Exchange.Answered) api.get("/videos/1");
      Exchange.Answered created = (Exchange.Answered) api.post("/videos", JSON);
      assertThat(read.retryAfter()).isEqualTo(Duration.ofSeconds(90));
      assertThat(created.retryAfter()).isEqualTo(Duration.ofSeconds(90));
      assertThat(slept).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }

  /**
   * The client's own strategy would sleep inside: one answer, at once, is what the factory holds.
   */
  @Test
  void h5FactoryDoesNotSleepOnRetryAfter() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) ->
                    peer.send(
                        answer(request.number() == 1 ? 503 : 200, "Retry-After: 1\r\n", "")));
        CloseableHttpClient client = HardenedClients.reads(HttpOptions.standard());
        var response =
            client.executeOpen(
                HttpHost.create(server.uri("/")),
                new org.apache.hc.client5.http.classic.methods.HttpGet(server.uri("/")),
                null)) {
      assertThat(response.getCode()).isEqualTo(503);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void h5PausesWithoutHoldingAConnection() throws Exception {
    HttpOptions options = HttpOptions.builder().maxConnections(1).build();
    AtomicReference<Exchange> between = new AtomicReference<>();
    AtomicReference<ApiTransport> self = new AtomicReference<>();
    Pause pause =
        new Pause() {
          @Override
          public boolean sleep(Duration length) {
            between.compareAndSet(null, self.get().get("/other"));
            return true;
          }

          @Override
          public double chance() {
            return 0;
          }
        };
    try (WireServer server =
            new WireServer(
                (request, peer) -> peer.send(answer(request.number() == 1 ? 503 : 200, "", "{}")));
        ApiTransport api = new ApiTransport(KEY, server.uri("/v1"), options, null, pause)) {
      self.set(api);
      assertThat(((Exchange.Answered) api.get("/videos/1")).status()).isEqualTo(200);
      assertThat(((Exchange.Answered) between.get()).status()).isEqualTo(200);
    }
  }

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
      assertThat(phase(api.post("/v", JSON))).isEqualTo(Phase.BREAKER);
      assertThat(phase(api.get("/v"))).isEqualTo(Phase.BREAKER);
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
