package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.ErrorShape;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.fault.TaskFault.BadLink;
import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.ledger.Adjust;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What exactly is answered when a task, or who asks for it, is struck. */
class TaskFaultsTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  private final SettableClock clock = SettableClock.at(NOON);
  private final FakeTokenHub hub = HubClient.hub().clock(clock).start();
  private final HubClient client = new HubClient(hub);

  @AfterEach
  void close() {
    hub.close();
  }

  private String created(Fault... faults) throws Exception {
    hub.next().with(faults);
    return client.created(HubClient.BEACH);
  }

  private List<Object> statuses(String id, int polls) throws Exception {
    List<Object> statuses = new ArrayList<>();
    for (int i = 0; i < polls; i++) {
      statuses.add(client.polled(id).get("status"));
    }
    return statuses;
  }

  private static Map<?, ?> video(Map<?, ?> task) {
    return (Map<?, ?>) ((List<?>) task.get("data")).get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FULL         | {\"code\":\"Bad\",\"message\":\"No. Request ID: R\"}",
        "MESSAGE_ONLY | {\"message\":\"No. Request ID: R\"}",
        "TEXT         | \"No. Request ID: R\"",
        "NULL         | null",
      })
  void failsInEveryShape(ErrorShape shape, String error) throws Exception {
    String id = created(new TaskFault.Fails("Bad", "No.", false, shape));

    String body = client.status(id).body().replaceAll("req-[0-9]+", "R");
    assertThat(body).contains("\"status\":\"failed\"").endsWith(",\"error\":" + error + "}");
    assertThat(body).doesNotContain("data").doesNotContain("usage");
  }

  @ParameterizedTest
  @CsvSource({"cancelled,false,0.00", "expired,true,1.00"})
  void endsInAnotherWordChargedOrNot(String word, boolean charged, BigDecimal cost)
      throws Exception {
    String id = created(new TaskFault.EndsAs(word, charged));
    Map<?, ?> polled = client.polled(id);

    assertThat(polled.get("status")).isEqualTo(word);
    assertThat(polled.keySet().toString()).isEqualTo("[id, object, model, status, created]");
    assertThat(hub.ledger().costOfTask(id)).isEqualByComparingTo(cost);
    assertThat(hub.ledger().adjustments()).hasSize(charged ? 0 : 1);
    assertThat(hub.tasks()).extracting(FakeTask::status).containsExactly(word);
  }

  @Test
  void givesNothingBackBeforeTheEnd() throws Exception {
    try (FakeTokenHub slow =
        HubClient.hub().clock(clock).pace(Pace.of(Duration.ZERO, Duration.ofMinutes(2))).start()) {
      slow.next().outputModeration();
      String id = new HubClient(slow).created(HubClient.BEACH);
      new HubClient(slow).polled(id);
      assertThat(slow.ledger().total()).isEqualByComparingTo("1.00");
      clock.advance(Duration.ofMinutes(2));
      assertThat(slow.ledger().entries())
          .extracting(LedgerEntry::amount)
          .containsExactly(new BigDecimal("1.00"), new BigDecimal("-1.00"));
    }
  }

  @Test
  void saysAnOddStatusForAWhile() throws Exception {
    String id = created(new TaskFault.SaysOddStatus("archiving", 2));

    assertThat(statuses(id, 3)).containsExactly("archiving", "archiving", "succeeded");
  }

  @Test
  void goesBackwards() throws Exception {
    String id = created(new TaskFault.GoesBackwards());

    assertThat(statuses(id, 5))
        .containsExactly("running", "queued", "running", "queued", "succeeded");
  }

  @Test
  void doesNotKnowANewTaskAtFirst() throws Exception {
    String id = created(new TaskFault.NotFoundAtFirst(2));

    HttpResponse<String> first = client.status(id);
    assertThat(first.statusCode()).isEqualTo(404);
    assertThat(HubClient.error(first).get("code")).isEqualTo("NotFound");
    assertThat(client.status(id).statusCode()).isEqualTo(404);
    assertThat(client.polled(id).get("status")).isEqualTo("succeeded");
  }

  @Test
  void refusesPollsInAnyShape() throws Exception {
    String id =
        created(
            new TaskFault.RefusesPolls(429, 1, ErrorShape.TEXT, "7"),
            new TaskFault.RefusesPolls(503, 1, ErrorShape.HTML, null));
    HttpResponse<String> throttled = client.status(id);
    HttpResponse<String> page = client.status(id);

    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(HubClient.tree(throttled).get("error")).isInstanceOf(String.class);
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.body()).startsWith("<html>");
    assertThat(page.headers().firstValue("Retry-After")).isEmpty();
    assertThat(client.status(id).statusCode()).isEqualTo(200);
  }

  @Test
  void resetsAndHangsInTurn() throws Exception {
    String id = created(new TaskFault.ResetsPolls(1), new TaskFault.HangsPolls(1));
    String get =
        "GET /api/v1/videos/generations/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer th-x\r\n\r\n"
            .formatted(id);

    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    try (Socket socket = new Socket("127.0.0.1", hub.baseUrl().getPort())) {
      socket.setSoTimeout(150);
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(client.polled(id).get("status")).isEqualTo("succeeded");
    assertThat(hub.struck())
        .containsExactly(new TaskFault.ResetsPolls(1), new TaskFault.HangsPolls(1));
  }

  @Test
  void leavesThingsOut() throws Exception {
    String noData = created(new TaskFault.LeavesOutData());
    String empty = created(new TaskFault.EmptiesData());
    String noUsage = created(new TaskFault.LeavesOutUsage());
    String noCreated = created(new TaskFault.LeavesOutCreated());

    assertThat(client.polled(noData).containsKey("data")).isFalse();
    assertThat(client.polled(noData).containsKey("usage")).isTrue();
    assertThat(client.polled(empty).get("data")).isEqualTo(List.of());
    assertThat(client.polled(noUsage).containsKey("usage")).isFalse();
    assertThat(client.polled(noUsage).containsKey("data")).isTrue();
    assertThat(client.polled(noCreated).containsKey("created")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(BadLink.class)
  void givesBadLinks(BadLink link) throws Exception {
    String id = created(new TaskFault.GivesBadLink(link));
    Map<?, ?> video = video(client.polled(id));
    Object url = video.get("video_url");

    assertThat(video.containsKey("video_url")).isEqualTo(link != BadLink.ABSENT);
    switch (link) {
      case NULL, ABSENT -> assertThat(url).isNull();
      case FILE -> assertThat((String) url).startsWith("file:/");
      case PRIVATE -> assertThat((String) url).startsWith("http://169.254.");
      case NONSENSE -> assertThat((String) url).doesNotContain(":");
      case LOOP -> assertThat(location((String) url)).isEqualTo(path((String) url));
      case REDIRECT_TO_PRIVATE -> {
        assertThat((String) url).startsWith("http://127.0.0.1:");
        assertThat(location((String) url)).startsWith("http://169.254.");
      }
    }
  }

  private static String path(String url) {
    return url.replaceFirst("http://[^/]+", "");
  }

  private static String location(String url) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = HubClient.download("GET", url);
    assertThat(response.statusCode()).isEqualTo(302);
    return response.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void skewsCreatedInAllAnswers() throws Exception {
    hub.next().with(new TaskFault.SkewsCreated(Duration.ofDays(-30)));
    Map<?, ?> created = HubClient.tree(client.create(HubClient.BEACH));
    BigDecimal skewed = new BigDecimal(NOON.minus(Duration.ofDays(30)).getEpochSecond());

    assertThat(created.get("created")).isEqualTo(skewed);
    assertThat(client.polled((String) created.get("id")).get("created")).isEqualTo(skewed);
  }

  @Test
  void addsFieldsAtEveryDepth() throws Exception {
    hub.next().with(new TaskFault.AddsFields());
    Map<?, ?> created = HubClient.tree(client.create(HubClient.BEACH));
    Map<?, ?> polled = client.polled((String) created.get("id"));

    assertThat(created.containsKey("x_first")).isTrue();
    assertThat(polled.containsKey("x_first")).isTrue();
    assertThat(video(polled).containsKey("x_last")).isTrue();
    assertThat(((Map<?, ?>) polled.get("usage")).containsKey("x_first")).isTrue();
    assertThat(polled.get("status")).isEqualTo("succeeded");
    assertThat(HubClient.download("GET", (String) video(polled).get("video_url")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"7,7,169,1.00,1.408334", "4.5,4,109,1.00,0.908334"})
  void makesAnotherLength(
      BigDecimal seconds, int reported, int frames, BigDecimal asked, BigDecimal real)
      throws Exception {
    String whole = created(new TaskFault.MakesOtherLength(seconds));
    assertThat(((Map<?, ?>) client.polled(whole).get("usage")).get("video_duration"))
        .isEqualTo(new BigDecimal(reported));
    byte[] clip = HubClient.download("GET", client.link(whole)).body();
    assertThat(new String(clip, 0, 100, StandardCharsets.UTF_8))
        .startsWith("1280x720 " + frames + " sound");
    assertThat(hub.ledger().costOfTask(whole)).isEqualByComparingTo(asked);

    try (FakeTokenHub exact = HubClient.hub().billing(Billing.REAL_LENGTH).start()) {
      exact.next().with(new TaskFault.MakesOtherLength(seconds));
      String id = new HubClient(exact).created(HubClient.BEACH);
      assertThat(exact.ledger().costOfTask(id)).isEqualByComparingTo(real);
      assertThat(exact.ledger().adjustments())
          .extracting(Adjust::reason)
          .containsExactly(Adjust.Reason.REAL_LENGTH);
    }
  }

  @Test
  void takesMoreFaultsForATaskThatIsBooked() throws Exception {
    String id = client.created(HubClient.BEACH);
    hub.task(id).with(new TaskFault.SaysOddStatus("x", 1), new TaskFault.Fails());

    assertThat(statuses(id, 2)).containsExactly("x", "failed");
    assertThat(hub.ledger().costOfTask(id)).isZero();
    assertThatThrownBy(() -> hub.task(id).with(new CreateFault.LeavesOutId()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "faults: those of a task or its file, not {\"fault\":\"leaves-out-id\"}, for it is booked already");
    assertThatThrownBy(() -> hub.task("task-x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id: no task of this fake: task-x");
  }

  @Test
  void strikesOnlyWhenItTakesEffect() throws Exception {
    String id = created(new TaskFault.NeverEnds(), new TaskFault.LeavesOutUsage());
    assertThat(hub.struck()).isEmpty();

    client.polled(id);
    assertThat(hub.struck()).containsExactly(new TaskFault.NeverEnds());
    assertThat(JsonReader.read(client.status(id).body()).tree().toString()).contains("running");
  }
}
