package io.github.seedance4j.adapter.http;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply.Phase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

/**
 * What an HTTP client does by itself and ours must not: each test fails when what holds it off is
 * taken out.
 */
class TransportHazardsTest extends TransportFixture {

  // the client must not repeat or redirect a create by itself: each may be charged

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 408, 429, 500, 502, 503, 301, 302, 303, 307, 308})
  void sendsOneCreateWhateverTheStatus(int status) throws Exception {
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
  void sendsOneCreateWhenTheConnectionIsCutWithoutAnAnswer() throws Exception {
    try (WireServer server = new WireServer((request, peer) -> peer.drop());
        ApiTransport api = open(server.uri("/v1"))) {
      assertThat(phase(api.post("/videos", JSON))).isEqualTo(Phase.SENT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void sendsOneCreateWhenTheConnectionIsReset() throws Exception {
    try (WireServer server = new WireServer((request, peer) -> peer.reset());
        ApiTransport api = open(server.uri("/v1"))) {
      assertThat(phase(api.post("/videos", JSON))).isEqualTo(Phase.SENT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** Without our one-shot body: what the factory alone holds. */
  @ParameterizedTest
  @ValueSource(ints = {429, 503, 301, 302, 307, 308})
  void neitherRepeatsNorRedirectsAnOrdinaryPost(int status) throws Exception {
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
  void sendsItsBodyOnceEvenThroughAClientThatRepeats(int status) throws Exception {
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

  // the client must not carry the key to another origin

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void keepsTheKeyWithItsOriginWhenAReadIsRedirected(int status) throws Exception {
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

  // the client's timeout is for each read: a server that drips would hold a call for ever

  @Test
  void cutsADrippingCreateAtItsDeadline() throws Exception {
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
  void cutsADrippingHeaderAtItsDeadline() throws Exception {
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\nX-Slow: ");
                  peer.drip('x');
                });
        ApiTransport api = open(server.uri("/v1"), brief().build())) {
      Exchange exchange = api.post("/videos", JSON);
      assertThat(phase(exchange)).isEqualTo(Phase.SENT);
      assertThat(((Exchange.Broken) exchange).what()).contains("within PT1S");
    }
  }

  @Test
  void cutsADrippingReadAtItsDeadline() throws Exception {
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
        .readDeadline(whole)
        .connectTimeout(whole)
        .leaseTimeout(whole)
        .responseTimeout(whole)
        .retryDelay(whole);
  }

  // the client must not inflate an answer, nor read one without end

  @Test
  void neitherInflatesNorAsksForIt() throws Exception {
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
  void stopsReadingAtTheBodyLimit() throws Exception {
    HttpOptions options = HttpOptions.builder().maxBody(1000).build();
    CountDownLatch refused = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    try (WireServer server =
            new WireServer(
                (request, peer) -> {
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                  try {
                    while (true) {
                      peer.send(new byte[64 * 1024]);
                      sent.addAndGet(64 * 1024);
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
      // what the sockets' buffers take, and no gigabyte
      assertThat(sent).hasValueLessThan(50_000_000);
    }
  }

  @Test
  void readsABodyOfExactlyTheLimit() throws Exception {
    HttpOptions options = HttpOptions.builder().maxBody(1000).build();
    try (WireServer server = WireServer.answering(answer(200, "", "y".repeat(1000)));
        ApiTransport api = open(server.uri("/v1"), options)) {
      assertThat(((Exchange.Answered) api.get("/v")).body()).hasSize(1000);
    }
  }

  // the client must not sleep by itself, nor pause while it holds a connection

  @Test
  void handsRetryAfterOnAndBlocksNobody() throws Exception {
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
  void neverSleepsOnRetryAfter() throws Exception {
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
  void pausesWithoutHoldingAConnection() throws Exception {
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
}
