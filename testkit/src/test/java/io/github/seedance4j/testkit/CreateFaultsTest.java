package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.ErrorShape;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What exactly comes back from a create that goes wrong. */
class CreateFaultsTest {

  private final FakeTokenHub hub = HubClient.hub().start();

  @AfterEach
  void close() {
    hub.close();
  }

  private WireClient.Got got(CreateFault fault) throws Exception {
    hub.next().with(fault);
    return WireClient.exchange(hub, WireClient.create());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(String body) {
    return (Map<String, Object>) JsonReader.read(body).tree();
  }

  private void assertCharged(int times) {
    assertThat(hub.ledger().total()).isEqualByComparingTo(Integer.toString(times));
    assertThat(hub.tasks()).hasSize(times);
  }

  @Test
  void resetsWhenTheHeadIsReadAndTheBodyIsNot() throws Exception {
    hub.next().with(new CreateFault.ResetsBeforeRead());
    WireClient.Got got =
        WireClient.exchange(hub, WireClient.POST + "Content-Length: 1000000\r\n\r\n{\"mod");

    assertThat(got).isEqualTo(new WireClient.Got("", WireClient.End.RESET));
    assertThat(hub.requests().createsBegun()).isEqualTo(1);
    assertThat(hub.requests().createsReceived()).isZero();
    assertThat(hub.ledger().charges()).isEmpty();
    assertThat(WireClient.exchange(hub, WireClient.create()).text()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void waitsForACreateWithAKeyBeforeItResets() throws Exception {
    hub.next().with(new CreateFault.ResetsBeforeRead());
    String strange = WireClient.create().replace("th-x", "sk-x");

    assertThat(WireClient.exchange(hub, strange).text()).startsWith("HTTP/1.1 401 ");
    assertThat(hub.struck()).isEmpty();
    assertThat(WireClient.exchange(hub, WireClient.create()).end()).isEqualTo(WireClient.End.RESET);
  }

  @Test
  void closesInGoodOrderWithoutAByte() throws Exception {
    assertThat(got(new CreateFault.ClosesAfterCharge()))
        .isEqualTo(new WireClient.Got("", WireClient.End.CLOSED));
    assertCharged(1);
  }

  @Test
  void saysNothingAfterItCharged() throws Exception {
    CreateFault fault = new CreateFault.HangsAfterCharge();
    hub.next().with(fault);

    assertThat(WireClient.exchange(hub, WireClient.create(), () -> !hub.struck().isEmpty()))
        .isEqualTo(new WireClient.Got("", WireClient.End.OPEN));
    assertCharged(1);
  }

  @Test
  void closesInTheMiddleOfTheHead() throws Exception {
    WireClient.Got got = got(new CreateFault.CutsHead());

    assertThat(got.text()).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n\r\n");
    assertThat(got.end()).isEqualTo(WireClient.End.CLOSED);
    assertCharged(1);
  }

  @Test
  void closesInTheMiddleOfTheBody() throws Exception {
    WireClient.Got got = got(new CreateFault.CutsBody());
    int promised = length(got);

    assertThat(got.body()).startsWith("{\"id\":\"task-").hasSize(promised / 2);
    assertThat(got.end()).isEqualTo(WireClient.End.CLOSED);
    assertCharged(1);
  }

  @Test
  void sendsHeaderLinesWithoutEnd() throws Exception {
    WireClient.Got got = got(new CreateFault.FloodsHead());

    assertThat(got.text())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .doesNotContain("\r\n\r\n")
        .hasSizeGreaterThan(250_000);
    assertThat(got.end()).isEqualTo(WireClient.End.OPEN);
    assertCharged(1);
  }

  @Test
  void sendsWhatIsNotHttp() throws Exception {
    WireClient.Got got = got(new CreateFault.AnswersGarbage());

    assertThat(got.text()).isNotEmpty().doesNotContain("HTTP/1");
    assertThat(got.end()).isEqualTo(WireClient.End.CLOSED);
    assertCharged(1);
  }

  @Test
  void sendsAnythingAsAnId() throws Exception {
    for (Object id : List.of("", "two words", List.of("task-1"), Map.of("id", "x"), true)) {
      assertThat(tree(got(new CreateFault.SendsAsId(id)).body()).get("id")).isEqualTo(id);
    }
    assertThat(tree(got(new CreateFault.SendsAsId(null)).body()))
        .containsEntry("id", null)
        .containsKey("object");
    assertThat(tree(got(new CreateFault.LeavesOutId()).body()).containsKey("id")).isFalse();
    assertCharged(7);
  }

  @Test
  void repeatsTheIdOfTheTaskBeforeAndChargesAnother() throws Exception {
    Object first = tree(got(new CreateFault.RepeatsId()).body()).get("id");
    Object second = tree(got(new CreateFault.RepeatsId()).body()).get("id");

    assertThat(second).isEqualTo(first);
    assertThat(hub.tasks().get(0).id()).isEqualTo(first);
    assertThat(hub.tasks().get(1).id()).isNotEqualTo(first);
    assertCharged(2);
  }

  @Test
  void sendsNoJson() throws Exception {
    assertThat(got(new CreateFault.AnswersHtml()))
        .satisfies(got -> assertThat(got.text()).contains("Content-Type: text/html\r\n"))
        .satisfies(got -> assertThat(got.body()).startsWith("<html>"));
    assertThat(got(new CreateFault.AnswersNothing()).text())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Length: 0\r\n")
        .endsWith("\r\n\r\n");
    WireClient.Got half = got(new CreateFault.AnswersHalf());
    assertThat(half.body()).hasSize(length(half)).startsWith("{\"id\":\"").doesNotContain("}");
    assertCharged(3);
  }

  @Test
  void sendsJsonInOtherBytes() throws Exception {
    WireClient.Got wide = got(new CreateFault.AnswersInWrongCharset());
    assertThat(wide.text()).contains("Content-Type: application/json; charset=utf-8\r\n");
    String text =
        new String(wide.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_16BE);
    assertThat(tree(text)).containsEntry("id", hub.tasks().get(0).id());

    String marked = got(new CreateFault.AnswersWithByteOrderMark()).body();
    assertThat(marked).startsWith("\u00ef\u00bb\u00bf{");
    assertThat(tree(marked.substring(3))).containsEntry("id", hub.tasks().get(1).id());
    assertCharged(2);
  }

  @Test
  void sendsAsMuchAsTold() throws Exception {
    WireClient.Got got = got(new CreateFault.AnswersHuge(200_000));

    assertThat(got.body()).hasSize(200_000).endsWith("\"id\":\"" + hub.tasks().get(0).id() + "\"}");
    assertThat(tree(got.body())).containsKey("padding");
    assertThat(length(got)).isEqualTo(200_000);
    assertThat(tree(got(new CreateFault.AnswersHuge(0)).body())).containsEntry("padding", "");
    // far more than our own memory
    assertThat(got(new CreateFault.AnswersHuge(10_000_000_000L)).text())
        .contains("Content-Length: 10000000000\r\n");
    assertCharged(3);
  }

  @Test
  void nestsAsDeepAsTold() throws Exception {
    Map<String, Object> tree = tree(got(new CreateFault.AnswersDeep(90)).body());
    Object inner = tree.get("padding");
    int depth = 0;
    while (inner instanceof List<?> list) {
      depth++;
      inner = list.isEmpty() ? null : list.get(0);
    }

    assertThat(depth).isEqualTo(90);
    assertThat(tree).containsEntry("id", hub.tasks().get(0).id());
    assertThat(length(got(new CreateFault.AnswersDeep()))).isGreaterThan(200_000);
  }

  @ParameterizedTest
  @CsvSource({"0", "1000", "1048576", "3000001"})
  void inflatesToAsMuchAsTold(int bytes) throws Exception {
    WireClient.Got got = got(new CreateFault.AnswersGzipBomb(bytes));
    byte[] inflated;
    try (GZIPInputStream gzip =
        new GZIPInputStream(
            new ByteArrayInputStream(got.body().getBytes(StandardCharsets.ISO_8859_1)))) {
      inflated = gzip.readAllBytes(); // to the checksum, which it looks at
    }

    assertThat(got.text()).contains("Content-Encoding: gzip\r\n");
    assertThat(got.body()).hasSize(length(got));
    assertThat(tree(new String(inflated, StandardCharsets.UTF_8)))
        .containsEntry("id", hub.tasks().get(0).id());
    if (bytes > 0) {
      assertThat(inflated).hasSize(bytes);
    }
  }

  @Test
  void packsABombSmall() throws Exception {
    assertThat(length(got(new CreateFault.AnswersGzipBomb()))).isLessThan(400_000);
  }

  @Test
  void redirectsAndCountsWhoFollows() throws Exception {
    WireClient.Got got = got(new CreateFault.Redirects(308));

    assertThat(got.text())
        .startsWith("HTTP/1.1 308 ")
        .contains("Location: /elsewhere/videos/generations\r\n");
    assertThat(hub.requests().redirectsFollowed()).isZero();
    WireClient.exchange(hub, WireClient.create().replace("/api/v1/", "/elsewhere/"));
    assertThat(hub.requests().redirectsFollowed()).isEqualTo(1);
    assertCharged(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidParameter",
    "401, AuthenticationError",
    "402, InsufficientBalance",
    "403, AccessDenied",
    "404, InvalidEndpointOrModel.NotFound",
    "408, RequestTimeout",
    "409, Conflict",
    "418, InvalidParameter",
    "422, UnprocessableEntity",
    "425, TooEarly",
    "429, RateLimitExceeded.EndpointRPMExceeded",
    "500, InternalServiceError",
    "502, BadGateway",
    "503, ServiceUnavailable",
    "504, GatewayTimeout",
    "599, InternalServiceError"
  })
  void refusesWithTheUsualCodeOfAStatus(int status, String code) throws Exception {
    WireClient.Got free = got(new CreateFault.Refuses(status, false));
    assertCharged(0);
    WireClient.Got charged = got(new CreateFault.Refuses(status, true));
    assertCharged(1);

    for (WireClient.Got got : List.of(free, charged)) {
      assertThat(got.text()).startsWith("HTTP/1.1 " + status + " ").doesNotContain("Retry-After");
      Map<?, ?> error = (Map<?, ?>) tree(got.body()).get("error");
      assertThat(error.get("code")).isEqualTo(code);
      assertThat((String) error.get("message")).containsPattern("\\. Request ID: req-[0-9]+$");
      assertThat(error.containsKey("param") && error.containsKey("type")).isTrue();
    }
    assertThat(hub.ledger().charges()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(ErrorShape.class)
  void refusesInEveryShape(ErrorShape shape) throws Exception {
    WireClient.Got got = got(new CreateFault.Refuses(400, false, shape, "Code", "Text.", "soon"));
    String expected =
        switch (shape) {
          case FULL ->
              "\\{\"error\":\\{\"code\":\"Code\",\"message\":\"Text. Request ID: req-[0-9]+\",\"param\":\"\",\"type\":\"BadRequest\"}}";
          case MESSAGE_ONLY -> "\\{\"error\":\\{\"message\":\"Text. Request ID: req-[0-9]+\"}}";
          case TEXT -> "\\{\"error\":\"Text. Request ID: req-[0-9]+\"}";
          case NULL -> "\\{\"error\":null}";
          case HTML -> "<html>.*400 Code.*</html>\n";
          case EMPTY -> "";
        };

    assertThat(got.body()).matches(expected);
    assertThat(got.text()).contains("Retry-After: soon\r\n");
    if (shape != ErrorShape.EMPTY) {
      String type = shape == ErrorShape.HTML ? "text/html" : "application/json";
      assertThat(got.text()).contains("Content-Type: " + type + "\r\n");
    }
  }

  @Test
  void bookedTasksGoOnWhateverTheAnswerWas() throws Exception {
    hub.next().with(new CreateFault.LeavesOutId(), new TaskFault.NeverEnds());
    WireClient.exchange(hub, WireClient.create());

    assertThat(new HubClient(hub).polled(hub.tasks().get(0).id()).get("status"))
        .isEqualTo("running");
  }

  @Test
  void takesCreatesByTheirPrompt() throws Exception {
    hub.onPrompt("retriever").noBalance().next().inputModeration();

    assertThat(WireClient.exchange(hub, WireClient.create()).text()).startsWith("HTTP/1.1 402 ");
    assertThat(WireClient.exchange(hub, WireClient.create()).text()).startsWith("HTTP/1.1 402 ");
    hub.onPrompt("retriever").succeeds();
    assertThat(WireClient.exchange(hub, WireClient.create()).text()).startsWith("HTTP/1.1 200 ");
    hub.clearFaults();
    assertThat(WireClient.exchange(hub, WireClient.create()).text()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void strikesSometimes() throws Exception {
    hub.sometimes(1).with(new CreateFault.Refuses(503, true));

    assertThat(WireClient.exchange(hub, WireClient.create()).text()).startsWith("HTTP/1.1 503 ");
    assertCharged(1);
  }

  @Test
  void refusesFiguresThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CreateFault.DelaysAnswer(Duration.ofMillis(-1)))
        .withMessage("by: 0 or more, not -0.001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CreateFault.DripsAnswer(Duration.ofMillis(-1)))
        .withMessage("every: 0 or more, not -0.001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CreateFault.AnswersHuge(-1))
        .withMessage("bytes: 0 to 10000000000, not -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CreateFault.AnswersGzipBomb(10_000_000_001L))
        .withMessage("inflated: 0 to 10000000000, not 10000000001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CreateFault.AnswersDeep(0))
        .withMessage("depth: at least 1, not 0");
  }

  private static int length(WireClient.Got got) {
    return Integer.parseInt(got.text().replaceAll("(?s).*?Content-Length: ([0-9]+)\r\n.*", "$1"));
  }
}
