package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NextCreateTest {

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-02T12:00:00Z"));
  private final FakeTokenHub hub = HubClient.hub().clock(clock).start();
  private final HubClient client = new HubClient(hub);

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void appliesEachScenarioToOneCreateInOrder() throws Exception {
    hub.next().noBalance().next().succeeds().next().inputModeration();

    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(402);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(200);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(400);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(200);
    assertThat(hub.ledger().total()).isEqualByComparingTo("2.00");
  }

  @Test
  void keepsTheScenarioForACreateThatPassesTheChecks() throws Exception {
    hub.next().noBalance();

    assertThat(client.create("{}").statusCode()).isEqualTo(400);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(402);
  }

  @Test
  void refusesAPromptForItsWords() throws Exception {
    hub.next().inputModeration();
    HttpResponse<String> response = client.create(HubClient.BEACH);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(HubClient.error(response).get("code"))
        .isEqualTo("InputTextSensitiveContentDetected");
    assertThat((String) HubClient.error(response).get("message"))
        .containsPattern("Request ID: req-[0-9]+$");
    assertThat(hub.tasks()).isEmpty();
    assertThat(hub.ledger().charges())
        .singleElement()
        .matches(c -> c.task().isEmpty() && c.cost().signum() == 0);
  }

  @Test
  void failsATaskForItsClip() throws Exception {
    hub.next().outputModeration();
    String id = client.created(HubClient.BEACH);
    Map<?, ?> polled = client.polled(id);

    assertThat(polled.get("status")).isEqualTo("failed");
    assertThat(((Map<?, ?>) polled.get("error")).get("code"))
        .isEqualTo("OutputVideoSensitiveContentDetected");
    assertThat(polled.containsKey("data")).isFalse();
    assertThat(hub.ledger().chargesForTask(id)).hasSize(1);
    assertThat(hub.ledger().costOfTask(id)).isZero();
  }

  @Test
  void chargesAFailedTaskWhenTold() throws Exception {
    hub.next().with(new TaskFault.Fails("InternalServiceError", "Something broke.", true));
    String id = client.created(HubClient.BEACH);

    assertThat(client.polled(id).get("status")).isEqualTo("failed");
    assertThat(hub.ledger().total()).isEqualByComparingTo("1.00");
  }

  @Test
  void chargesThenResetsWithoutAByteOfAnAnswer() throws Exception {
    hub.next().chargedThenReset();
    byte[] body = HubClient.BEACH.getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/videos/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer th-x\r\n"
                      + "Content-Length: "
                      + body.length
                      + "\r\n\r\n"
                      + HubClient.BEACH)
                  .getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThat(hub.ledger().chargesForDigest(Digests.sha256(body)))
        .singleElement()
        .matches(charge -> charge.task().isPresent() && charge.cost().intValueExact() == 1);
    assertThat(hub.tasks()).hasSize(1);
    assertThat(hub.requests().createsReceived()).isEqualTo(1);
  }

  @Test
  void servesTheNextCreateAfterAReset() throws Exception {
    hub.next().chargedThenReset();

    assertThatThrownBy(() -> client.create(HubClient.BEACH)).isInstanceOf(IOException.class);
    assertThat(client.create(HubClient.BEACH).statusCode()).isEqualTo(200);
    assertThat(hub.requests().createsBegun()).isEqualTo(2);
  }

  @Test
  void throttlesForSoLong() throws Exception {
    hub.next().throttled(Duration.ofMillis(7_200));
    HttpResponse<String> response = client.create(HubClient.BEACH);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("8");
    assertThat(HubClient.error(response).get("type")).isEqualTo("TooManyRequests");
    assertThat(hub.ledger().total()).isZero();
  }

  @Test
  void killsTheFirstLinkUntilTheStatusIsAskedForAgain() throws Exception {
    hub.next().expiredLink();
    String id = client.created(HubClient.BEACH);
    String first = client.link(id);

    assertThat(client.link(id)).isEqualTo(first);
    assertThat(HubClient.download("GET", first).statusCode()).isEqualTo(403);
    assertThat(HubClient.download("GET", first).statusCode()).isEqualTo(403);
    String second = client.link(id);
    assertThat(HubClient.download("GET", second).statusCode()).isEqualTo(200);
    assertThat(HubClient.download("GET", first).statusCode()).isEqualTo(403);
  }

  @Test
  void runsForEver() throws Exception {
    hub.next().stuck();
    String id = client.created(HubClient.BEACH);
    clock.advance(Duration.ofDays(6));

    assertThat(client.polled(id).get("status")).isEqualTo("running");
  }

  @Test
  void answersWithAnythingAndChargesIfTold() throws Exception {
    hub.next()
        .with(
            new CreateFault.Answers(
                502, Map.of("Content-Type", "text/html"), "<h1>Bad gateway</h1>", true))
        .next()
        .with(new CreateFault.Answers(200, Map.of(), "", false));
    HttpResponse<String> charged = client.create(HubClient.BEACH);
    HttpResponse<String> empty = client.create(HubClient.BEACH);

    assertThat(charged.statusCode()).isEqualTo(502);
    assertThat(charged.body()).isEqualTo("<h1>Bad gateway</h1>");
    assertThat(charged.headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
    assertThat(hub.ledger().charges())
        .extracting(c -> c.task().isPresent())
        .containsExactly(true, false);
    assertThat(hub.ledger().total()).isEqualByComparingTo("1.00");
  }

  @Test
  void rewritesAnswers() throws Exception {
    hub.next()
        .with(
            new CreateFault.RewritesCreate(
                tree -> {
                  tree.remove("id");
                  return tree;
                }))
        .next()
        .with(
            new TaskFault.RewritesStatus(
                tree -> {
                  tree.put("status", "expired");
                  return tree;
                }));

    assertThat(HubClient.tree(client.create(HubClient.BEACH)).containsKey("id")).isFalse();
    assertThat(client.polled(client.created(HubClient.BEACH)).get("status")).isEqualTo("expired");
    assertThat(hub.ledger().total()).isEqualByComparingTo("2.00");
  }

  @Test
  void refusesTwoFaultsOfOneCreate() {
    assertThatThrownBy(
            () ->
                hub.next()
                    .with(
                        new CreateFault.ResetsAfterCharge(),
                        new CreateFault.Answers(500, Map.of(), "", false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("faults: one at most that strikes the create, not [");
  }
}
