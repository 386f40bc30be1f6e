package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.json.JsonWriter;
import io.github.seedance4j.testkit.ledger.Charge;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FakeTokenHubTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  @Test
  void playsTheGuidesFlow() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().clock(SettableClock.at(NOON)).start()) {
      HubClient client = new HubClient(hub);
      HttpResponse<String> created = client.create(HubClient.BEACH);
      String id = (String) HubClient.tree(created).get("id");

      assertThat(created.statusCode()).isEqualTo(200);
      assertThat(created.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(created.headers().firstValue("X-Request-Id")).isPresent();
      assertThat(created.body())
          .isEqualTo(
              "{\"id\":\"%s\",\"object\":\"video.generation.task\",\"model\":\"doubao-seedance-2.0\",\"status\":\"queued\",\"created\":1793620800}"
                  .formatted(id));
      Map<?, ?> polled = client.polled(id);
      assertThat(polled.get("status")).isEqualTo("succeeded");
      assertThat(polled.get("usage")).isEqualTo(Map.of("video_duration", new BigDecimal(5)));
      byte[] clip = HubClient.download("GET", client.link(id)).body();
      assertThat(new String(clip, StandardCharsets.UTF_8))
          .startsWith("1280x720 121 sound " + id + "|A golden retriever on a beach\n");
      assertThat(hub.tasks())
          .containsExactly(
              new FakeTask(
                  id,
                  "doubao-seedance-2.0",
                  "A golden retriever on a beach",
                  "succeeded",
                  new BigDecimal("1.00"),
                  NOON));
    }
  }

  @Test
  void advancesByItsClock() throws Exception {
    SettableClock clock = SettableClock.at(NOON);
    try (FakeTokenHub hub =
        HubClient.hub()
            .clock(clock)
            .pace(Pace.of(Duration.ofSeconds(10), Duration.ofMinutes(2)))
            .start()) {
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);
      List<Object> seen = new ArrayList<>();
      for (int seconds : List.of(0, 9, 1, 119, 1)) {
        clock.advance(Duration.ofSeconds(seconds));
        seen.add(client.polled(id).get("status"));
      }

      assertThat(seen).containsExactly("queued", "queued", "running", "running", "succeeded");
    }
  }

  @Test
  void forgetsTasksAfterSevenDays() throws Exception {
    SettableClock clock = SettableClock.at(NOON);
    try (FakeTokenHub hub = HubClient.hub().clock(clock).start()) {
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);
      clock.advance(Duration.ofDays(7).minusSeconds(1));
      assertThat(client.status(id).statusCode()).isEqualTo(200);

      clock.advance(Duration.ofSeconds(1));

      assertThat(client.status(id).statusCode()).isEqualTo(404);
      assertThat(hub.tasks()).hasSize(1);
    }
  }

  @Test
  void refusesOtherKeysOnEveryCallAndChargesNothing() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      HubClient client = new HubClient(hub);
      String id = client.created(HubClient.BEACH);
      for (String key : List.of("Bearer sk-other", "Bearer ", "th-test", "Basic th-test")) {
        HttpResponse<String> create =
            client.send(
                client
                    .request("/videos/generations")
                    .setHeader("Authorization", key)
                    .POST(HttpRequest.BodyPublishers.ofString(HubClient.BEACH)));
        HttpResponse<String> poll =
            client.send(
                client.request("/videos/generations/" + id).setHeader("Authorization", key));

        assertThat(create.statusCode()).isEqualTo(401);
        assertThat(poll.statusCode()).isEqualTo(401);
        assertThat(HubClient.error(create).get("code")).isEqualTo("AuthenticationError");
      }
      assertThat(hub.ledger().charges()).hasSize(5);
      assertThat(hub.ledger().total()).isEqualByComparingTo("1.00");
    }
  }

  @Test
  void answersErrorsInTheProvidersShape() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      HttpResponse<String> response = new HubClient(hub).status("nobody");
      String requestId = response.headers().firstValue("X-Request-Id").orElseThrow();

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"NotFound\",\"message\":\"The requested task was not found. Request ID: %s\",\"param\":\"id\",\"type\":\"NotFound\"}}"
                  .formatted(requestId));
    }
  }

  @Test
  void knowsItsPathsAndMethods() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      HubClient client = new HubClient(hub);
      HttpResponse<String> listing = client.send(client.request("/videos/generations").GET());
      HttpResponse<String> cancel = client.send(client.request("/videos/generations/x").DELETE());

      assertThat(listing.statusCode()).isEqualTo(405);
      assertThat(listing.headers().firstValue("Allow")).hasValue("POST");
      assertThat(cancel.statusCode()).isEqualTo(405);
      assertThat(cancel.headers().firstValue("Allow")).hasValue("GET");
      for (String path :
          List.of("/models", "/videos", "/videos/generations/", "/videos/generations/a/b")) {
        assertThat(
                client
                    .send(client.request(path).POST(HttpRequest.BodyPublishers.ofString("{}")))
                    .statusCode())
            .as(path)
            .isEqualTo(404);
      }
    }
  }

  @Test
  void answersToAnyNameOfThisMachine() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      for (String host : List.of("127.0.0.1", "localhost", "tokenhub.store")) {
        assertThat(
                raw(
                    hub,
                    "GET /api/v1/videos/generations/x HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nConnection: close\r\n\r\n"))
            .startsWith("HTTP/1.1 401 ");
      }
    }
  }

  @Test
  void refusesWhatIsNotJson() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().enforce(Enforcement.NOTHING).start()) {
      HttpResponse<String> response = new HubClient(hub).create("model=doubao");

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(HubClient.error(response).get("violations"))
          .isEqualTo(List.of("request-unreadable"));
      assertThat(hub.tasks()).isEmpty();
    }
  }

  @Test
  void takesAnyJsonWhenNothingIsEnforced() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().enforce(Enforcement.NOTHING).start()) {
      HubClient client = new HubClient(hub);
      for (String body :
          List.of(
              "[]",
              "{}",
              "{\"duration\":1e99999999,\"prompt\":7,\"video_durations\":[1e-99999999,null,-1]}")) {
        assertThat(client.polled(client.created(body)).get("status"))
            .as(body)
            .isEqualTo("succeeded");
      }
      assertThat(hub.ledger().charges())
          .extracting(Charge::cost)
          .allMatch(cost -> cost.signum() > 0);
    }
  }

  @Test
  void refusesBodiesOver64MiB() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      HubClient client = new HubClient(hub);
      byte[] huge = new byte[(64 << 20) + 1];
      HttpRequest.BodyPublisher declared = HttpRequest.BodyPublishers.ofByteArray(huge);
      HttpRequest.BodyPublisher chunked =
          HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge));

      for (HttpRequest.BodyPublisher body : List.of(declared, chunked)) {
        assertThat(client.send(client.request("/videos/generations").POST(body)).statusCode())
            .isEqualTo(413);
      }
      assertThat(hub.requests().createsBegun()).isEqualTo(2);
      assertThat(hub.requests().createsReceived()).isZero();
    }
  }

  @Test
  void agreesWithTheWorkedCasesOverHttp() throws Exception {
    try (FakeTokenHub strict = HubClient.hub().enforce(Enforcement.ALL).start();
        FakeTokenHub relaxed = HubClient.hub().enforce(Enforcement.STATED).start()) {
      for (ConformanceCase worked : ConformanceCase.all()) {
        FakeTokenHub hub = worked.enforcement() == Enforcement.ALL ? strict : relaxed;
        HttpResponse<String> response =
            new HubClient(hub).create(JsonWriter.write(worked.request()));
        if (worked.violations().isEmpty()) {
          assertThat(response.statusCode()).as(worked.id()).isEqualTo(200);
        } else {
          assertThat(response.statusCode()).as(worked.id()).isEqualTo(400);
          assertThat(HubClient.error(response).get("violations"))
              .as(worked.id())
              .isEqualTo(worked.violations());
          assertThat(HubClient.error(response).get("code")).isEqualTo("InvalidParameter");
        }
      }
    }
  }

  @Test
  void namesTheFirstPathAndAllCodesOfARefusal() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      Map<?, ?> error =
          HubClient.error(
              new HubClient(hub)
                  .create("{\"duraton\":5,\"model\":7,\"model\":8,\"prompt\":\"a cat\"}"));

      assertThat(error.get("param")).isEqualTo("model");
      assertThat((String) error.get("message"))
          .startsWith(
              "The request is invalid: field-repeated:model, field-type:model, field-unknown:duraton. Request ID: req-");
    }
  }

  @Test
  void countsACreateThatNeverEndsAsBegunOnly() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
        send(
            socket,
            "POST /api/v1/videos/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer th-x\r\n"
                + "Content-Length: 500\r\n\r\n{\"model\"");
        socket.shutdownOutput();

        assertThat(answerOrReset(socket)).isEmpty();
      }
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
      assertThat(hub.requests().createsReceived()).isZero();
      assertThat(hub.ledger().entries()).isEmpty();
    }
  }

  @Test
  void keepsWhatWasSent() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      HubClient client = new HubClient(hub);
      client.polled(client.created(HubClient.BEACH));
      client.create("nonsense");

      assertThat(hub.requests().creates())
          .extracting(RecordedCreate::body)
          .containsExactly(HubClient.BEACH, "nonsense");
      assertThat(hub.requests().createsBegun()).isEqualTo(2);
      assertThat(hub.requests().createsReceived()).isEqualTo(2);
      assertThat(hub.requests().polls()).isEqualTo(1);
    }
  }

  @Test
  void losesNothingUnder64Threads() throws Exception {
    int threads = 64;
    int each = 20;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (FakeTokenHub hub = HubClient.hub().start()) {
      List<Callable<List<String>>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        work.add(
            () -> {
              List<String> ids = new ArrayList<>();
              for (int n = 0; n < each; n++) {
                ids.add(new HubClient(hub).created(HubClient.BEACH));
              }
              return ids;
            });
      }
      List<String> ids = new ArrayList<>();
      for (Future<List<String>> done : pool.invokeAll(work)) {
        ids.addAll(done.get());
      }

      assertThat(ids).hasSize(threads * each).doesNotHaveDuplicates();
      assertThat(hub.ledger().charges())
          .extracting(Charge::taskId)
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(hub.ledger().total()).isEqualByComparingTo("1280");
      assertThat(hub.requests().createsReceived()).isEqualTo(threads * each);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void givesTheSameIdsForTheSameSeedAndOthersWithout() throws Exception {
    try (FakeTokenHub one = HubClient.hub().seed(7).start();
        FakeTokenHub two = HubClient.hub().seed(7).start();
        FakeTokenHub three = FakeTokenHub.builder().clips(TestClips::render).start();
        FakeTokenHub four = FakeTokenHub.builder().clips(TestClips::render).start()) {
      String id = new HubClient(one).created(HubClient.BEACH);

      assertThat(id).matches("task-000001-[0-9a-f]{4}");
      assertThat(new HubClient(two).created(HubClient.BEACH)).isEqualTo(id);
      assertThat(new HubClient(three).created(HubClient.BEACH))
          .matches("task-[0-9a-f]{8}-000001-[0-9a-f]{4}")
          .isNotEqualTo(new HubClient(four).created(HubClient.BEACH));
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      int port = hub.baseUrl().getPort();

      assertThatThrownBy(() -> HubClient.hub().port(port).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("the fake can't start on port " + port);
    }
  }

  @Test
  void endsOpenConnectionsWhenClosed() throws Exception {
    FakeTokenHub hub = HubClient.hub().start();
    try (Socket idle = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      idle.setSoTimeout(20_000);
      idle.getOutputStream()
          .write("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().read()).isEqualTo('H');

      hub.close();

      assertThatThrownBy(
              () -> {
                while (idle.getInputStream().read() >= 0) {
                  // the rest of the answer
                }
                throw new EOFException();
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  /** Sends these bytes on a connection of their own; what comes back. */
  private static String raw(FakeTokenHub hub, String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      send(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  private static String answerOrReset(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatThrownBy(() -> FakeTokenHub.builder().port(70_000))
        .hasMessage("port: 0 to 65535, not 70000");
    assertThatThrownBy(() -> Pace.of(Duration.ofSeconds(-1), Duration.ZERO))
        .hasMessage("queued: zero or more, not PT-1S");
    assertThatThrownBy(() -> Pace.of(Duration.ZERO, Duration.ofSeconds(-1)))
        .hasMessage("running: zero or more, not PT-1S");
  }
}
