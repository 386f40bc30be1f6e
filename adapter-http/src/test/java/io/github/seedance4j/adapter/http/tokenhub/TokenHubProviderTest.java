package io.github.seedance4j.adapter.http.tokenhub;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.WireServer;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what its answer says. */
class TokenHubProviderTest {

  private static final ApiKey KEY = ApiKey.of("th-secret-987");
  private static final TaskId TASK = new TaskId("cgt-1");
  private static final HttpOptions ONCE = HttpOptions.builder().readAttempts(1).build();

  private static TokenHubProvider provider(WireServer server) {
    return TokenHub.provider(KEY, server.uri("/api/v1"), ONCE);
  }

  private static CreateReply create(String raw) throws IOException {
    try (WireServer server = WireServer.answering(raw);
        TokenHubProvider provider = provider(server)) {
      CreateReply reply = provider.prepare(Requests.prompt("a dog")).send();
      assertThat(server.requests()).hasSize(1);
      return reply;
    }
  }

  private static CreateReply.Answered answered(int status, String body) throws IOException {
    return (CreateReply.Answered) create(answer(status, "", body));
  }

  @Test
  void sendsTheDraftAsItsAuthorSpeltItWithItsDigest() throws Exception {
    GenerationRequest request =
        Requests.of(
            Map.of(
                "model",
                "doubao-seedance-2.0",
                "prompt",
                "a dog 🐕 läuft",
                "duration",
                new BigDecimal("1E+1"),
                "video_url",
                "https://x.example/v.mp4",
                "video_durations",
                List.of(new BigDecimal("3.500"))));
    try (WireServer server = WireServer.answering(answer(200, "", "{\"id\":\"cgt-1\"}"));
        TokenHubProvider provider = provider(server)) {
      VideoProvider.Create create = provider.prepare(request);
      assertThat(create.send()).isEqualTo(new CreateReply.Answered(200, TASK, null, null));
      WireServer.Request sent = server.requests().get(0);
      assertThat(sent.method()).isEqualTo("POST");
      assertThat(sent.path()).isEqualTo("/api/v1/videos/generations");
      assertThat(sent.headers())
          .containsEntry("authorization", "Bearer th-secret-987")
          .containsEntry("content-type", "application/json; charset=UTF-8");
      assertThat(sent.body())
          .contains("\"duration\":10")
          .contains("\"video_durations\":[3.5]")
          .contains("läuft")
          .doesNotContain("resolution");
      assertThat(create.bodySha256())
          .isEqualTo(
              HexFormat.of()
                  .formatHex(
                      MessageDigest.getInstance("SHA-256")
                          .digest(sent.body().getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void encodesEqualRequestsAlike() {
    try (TokenHubProvider provider = TokenHub.provider(KEY)) {
      Map<String, Object> one = new java.util.LinkedHashMap<>();
      one.put("seed", Map.of("a", 1, "b", 2, "c", 3, "d", 4));
      one.put("model", "doubao-seedance-2.0");
      one.put("prompt", "x");
      Map<String, Object> other = new java.util.LinkedHashMap<>();
      other.put("prompt", "x");
      other.put("model", "doubao-seedance-2.0");
      Map<String, Object> seed = new java.util.LinkedHashMap<>();
      List.of("d", "c", "b", "a").forEach(key -> seed.put(key, "abcd".indexOf(key) + 1));
      other.put("seed", seed);
      assertThat(provider.prepare(Requests.of(one, "seed")).bodySha256())
          .isEqualTo(provider.prepare(Requests.of(other, "seed")).bodySha256());
    }
  }

  @Test
  void writesNumbersPlainAndHalfACharacterAsAnEscape() {
    assertThat(written("x", new BigDecimal("5E+1"))).isEqualTo("{\"x\":50}");
    assertThat(written("x", new BigDecimal("0.0000000001"))).isEqualTo("{\"x\":0.0000000001}");
    assertThat(written("x", "half \ud83d of one")).isEqualTo("{\"x\":\"half \\uD83D of one\"}");
    assertThat(written("x", "both \ud83d\udc15")).isEqualTo("{\"x\":\"both \ud83d\udc15\"}");
  }

  private static String written(String name, Object value) {
    return new String(TokenHubJson.write(Map.of(name, value)), StandardCharsets.UTF_8);
  }

  @Test
  void refusesWhatIsNoJson() {
    Map<String, Object> loop = new java.util.HashMap<>();
    loop.put("x", loop);
    assertThatThrownBy(() -> TokenHubJson.write(loop))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("the request can't be written as JSON: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":7}",
        "{\"id\":null}",
        "{\"id\":\"\"}",
        "{\"id\":\" \"}",
        "{\"id\":\"a b\"}",
        "{\"id\":\"ä\"}",
        "{\"id\":[\"cgt-1\"]}",
        "[{\"id\":\"cgt-1\"}]",
        "\"cgt-1\"",
        "null",
        "",
        "<html>ok</html>",
        "{\"id\":\"cgt-1\""
      })
  void findsNoUsableId(String body) throws IOException {
    CreateReply.Answered reply = answered(200, body);
    assertThat(reply.task()).isNull();
    assertThat(OutcomeTable.standard().classify(reply))
        .isInstanceOf(SubmissionOutcome.Unknown.class);
  }

  @Test
  void refusesAnIdThatIsTooLong() throws IOException {
    assertThat(answered(200, "{\"id\":\"" + "x".repeat(257) + "\"}").task()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"cgt-1\",\"novel\":{\"deep\":[1,2,{\"x\":null}]},\"created\":\"soon\"}",
        "\uFEFF{\"id\":\"cgt-1\"}",
        "\n {\"id\":\"cgt-1\"}\n\n",
        "{\"id\":\"cgt-1\"} trailing"
      })
  void findsTheIdWhateverIsAroundIt(String body) throws IOException {
    assertThat(answered(200, body).task()).isEqualTo(TASK);
    assertThat(answered(201, body).task()).isEqualTo(TASK);
  }

  @Test
  void readsAnIdUnderTheWrongContentType() throws IOException {
    CreateReply reply = create(answer(200, "Content-Type: text/html\r\n", "{\"id\":\"cgt-1\"}"));
    assertThat(((CreateReply.Answered) reply).task()).isEqualTo(TASK);
  }

  // an answer must not cost more to read than its limits allow

  @Test
  void refusesDepthAndLengthBeyondItsLimits() throws IOException {
    String deep = "{\"id\":\"cgt-1\",\"x\":" + "[".repeat(65) + "]".repeat(65) + "}";
    assertThat(answered(200, deep).task()).isNull();
    String shallow = "{\"id\":\"cgt-1\",\"x\":" + "[".repeat(60) + "]".repeat(60) + "}";
    assertThat(answered(200, shallow).task()).isEqualTo(TASK);
    String longNumber = "{\"id\":\"cgt-1\",\"x\":" + "9".repeat(100) + "}";
    assertThat(answered(200, longNumber).task()).isNull();
    String longString = "{\"id\":\"cgt-1\",\"x\":\"" + "s".repeat(300_000) + "\"}";
    assertThat(answered(200, longString).task()).isNull();
    String manyTokens = "{\"id\":\"cgt-1\",\"x\":[" + "1,".repeat(120_000) + "1]}";
    assertThat(answered(200, manyTokens).task()).isNull();
    String hugeName = "{\"id\":\"cgt-1\",\"" + "n".repeat(2_000) + "\":1}";
    assertThat(answered(200, hugeName).task()).isNull();
  }

  @Test
  void refusesADocumentBeyondItsLimit() {
    String pad = "\"" + "p".repeat(200_000) + "\"";
    String text =
        "{\"id\":\"cgt-1\",\"x\":[" + String.join(",", pad, pad, pad, pad, pad, pad) + "]}";
    assertThat(TokenHubJson.readObject(text)).isEmpty();
  }

  @Test
  void keepsTheProvidersReason() throws IOException {
    CreateReply.Answered reply =
        answered(
            400,
            "{\"error\":{\"code\":\"InvalidParameter\",\"message\":\"bad ratio. Request ID:"
                + " 0217654321abcdef\",\"param\":\"ratio\",\"type\":\"BadRequest\"}}");
    assertThat(reply.fault())
        .isEqualTo(
            new ProviderFault(
                ProviderFault.Kind.INVALID_REQUEST,
                "InvalidParameter",
                "bad ratio. Request ID: 0217654321abcdef",
                "0217654321abcdef"));
    assertThat(OutcomeTable.standard().classify(reply))
        .isInstanceOf(SubmissionOutcome.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html><h1>400</h1></html>", "{}", "{\"error\":{}}", "[]", "{\"error\":"})
  void leavesARefusalWithoutAReasonUnknown(String body) throws IOException {
    CreateReply.Answered reply = answered(400, body);
    assertThat(reply.fault()).isNull();
    assertThat(OutcomeTable.standard().classify(reply))
        .isInstanceOf(SubmissionOutcome.Unknown.class);
  }

  @Test
  void handsThrottlingOn() throws IOException {
    CreateReply reply =
        create(answer(429, "Retry-After: 12\r\n", "{\"error\":{\"code\":\"QuotaExceeded\"}}"));
    assertThat(OutcomeTable.standard().classify(reply))
        .isEqualTo(
            new SubmissionOutcome.Throttled(
                Duration.ofSeconds(12),
                new ProviderFault(ProviderFault.Kind.RATE_LIMIT, "QuotaExceeded", null, null)));
  }

  @Test
  void tellsAnAccountWithoutItsKey() {
    try (TokenHubProvider provider = TokenHub.provider(KEY)) {
      assertThat(provider.account())
          .isEqualTo(
              new ProviderAccount("TokenHub", "https://tokenhub.store/api/v1", KEY.fingerprint()));
      assertThat(provider.account().toString()).doesNotContain("secret");
    }
  }

  @Test
  void isOneAccountHoweverItsAddressIsSpelled() {
    URI other = URI.create("https://TokenHub.store:443/api/./v1/");
    try (TokenHubProvider provider = TokenHub.provider(KEY);
        TokenHubProvider same = TokenHub.provider(KEY, other, ONCE)) {
      assertThat(same.account()).isEqualTo(provider.account());
    }
  }

  @Test
  void refusesABaseUrlThatIsNotSecure() {
    assertThatThrownBy(() -> TokenHub.provider(KEY, URI.create("http://tokenhub.store/"), ONCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "baseUrl: tokenhub.store: a key is sent over https only; http is for this very machine"
                + " alone");
  }
}
