package io.github.seedance4j.adapter.http.tokenhub;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.WireServer;
import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static VideoTask fetch(int status, String headers, String body) throws IOException {
    try (WireServer server = WireServer.answering(answer(status, headers, body));
        TokenHubProvider provider = provider(server)) {
      return provider.task(TASK);
    }
  }

  private static TaskState state(String body) throws IOException {
    return fetch(200, "", body).state();
  }

  // ---- create

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

  @Test
  void h4RefusesDepthAndLengthBeyondItsLimits() throws IOException {
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
  void h4RefusesADocumentBeyondItsLimit() {
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

  // ---- fetch

  @Test
  void readsAFinishedTask() throws IOException {
    VideoTask task =
        fetch(
            200,
            "",
            "{\"id\":\"cgt-1\",\"object\":\"video.generation.task\",\"model\":\"m\","
                + "\"status\":\"succeeded\",\"created\":1779000000,\"novel\":1,\"data\":[{"
                + "\"video_url\":\"https://x.volces.com/v\",\"cover_image_url\":\"https://c\"}],"
                + "\"usage\":{\"video_duration\":5}}");
    assertThat(task)
        .isEqualTo(
            new VideoTask(
                TASK,
                new TaskState.Succeeded(
                    new GeneratedVideo(
                        "https://x.volces.com/v", "https://c", BigDecimal.valueOf(5))),
                "m",
                Instant.ofEpochSecond(1_779_000_000L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"data\":null",
        ",\"data\":[]",
        ",\"data\":[null]",
        ",\"data\":[{}]",
        ",\"data\":[{\"video_url\":null}]",
        ",\"data\":[{\"video_url\":\" \"}]",
        ",\"data\":[{\"video_url\":7}]",
        ",\"data\":\"x\",\"usage\":[]",
        ",\"usage\":{\"video_duration\":1e-99999999}",
        ",\"usage\":{\"video_duration\":\"5\"}",
        ",\"usage\":{\"video_duration\":-1}"
      })
  void takesASuccessWithoutAVideoAsItIs(String rest) throws IOException {
    assertThat(state("{\"status\":\"succeeded\"" + rest + "}"))
        .isEqualTo(new TaskState.Succeeded(new GeneratedVideo(null, null, null)));
  }

  @Test
  void knowsEveryStatusAndKeepsUnknownOnes() throws IOException {
    assertThat(state("{\"status\":\"queued\"}")).isEqualTo(new TaskState.Queued());
    assertThat(state("{\"status\":\"running\"}")).isEqualTo(new TaskState.Running());
    assertThat(state("{\"status\":\"RUNNING\"}")).isEqualTo(new TaskState.Running());
    assertThat(state("{\"status\":\"cancelled\"}")).isEqualTo(new TaskState.Cancelled());
    assertThat(state("{\"status\":\"canceled\"}")).isEqualTo(new TaskState.Cancelled());
    assertThat(state("{\"status\":\"expired\"}")).isEqualTo(new TaskState.Expired());
    assertThat(state("{\"status\":\"Archived\"}"))
        .isEqualTo(new TaskState.Unrecognised("Archived"));
  }

  @Test
  void readsAFailuresReasonInEveryForm() throws IOException {
    assertThat(state("{\"status\":\"failed\",\"error\":null}"))
        .isEqualTo(failed(ProviderFault.Kind.OTHER, null, null));
    assertThat(state("{\"status\":\"failed\"}"))
        .isEqualTo(failed(ProviderFault.Kind.OTHER, null, null));
    assertThat(state("{\"status\":\"failed\",\"error\":\"it broke\"}"))
        .isEqualTo(failed(ProviderFault.Kind.OTHER, null, "it broke"));
    assertThat(state("{\"status\":\"failed\",\"error\":{\"message\":\"m\"}}"))
        .isEqualTo(failed(ProviderFault.Kind.OTHER, null, "m"));
    assertThat(
            state(
                "{\"status\":\"failed\",\"error\":{\"code\":\"OutputAudioSensitiveContentDetected"
                    + "\",\"message\":\"m\"}}"))
        .isEqualTo(
            failed(ProviderFault.Kind.OUTPUT_AUDIO, "OutputAudioSensitiveContentDetected", "m"));
  }

  private static TaskState failed(ProviderFault.Kind kind, String code, String message) {
    return new TaskState.Failed(new ProviderFault(kind, code, message, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-5",
        "0",
        "\"soon\"",
        "null",
        "1779000000000",
        "[1]",
        "99999999999999999999"
      })
  void takesANonsenseDateForNone(String created) throws IOException {
    assertThat(fetch(200, "", "{\"status\":\"queued\",\"created\":" + created + "}").createdAt())
        .isNull();
  }

  @Test
  void neverMixesTasksUp() {
    assertThatThrownBy(() -> fetch(200, "", "{\"id\":\"cgt-2\",\"status\":\"succeeded\"}"))
        .isInstanceOf(RetryLaterException.class)
        .hasMessage("task cgt-1: TokenHub answered 200 with another task's state");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html/>", "{}", "{\"status\":null}", "{\"status\":3}", "[]"})
  void comesBackLaterForAnAnswerWithoutAStatus(String body) {
    assertThatThrownBy(() -> fetch(200, "", body)).isInstanceOf(RetryLaterException.class);
  }

  @Test
  void tellsThatATaskIsNotKnown() {
    assertThatThrownBy(() -> fetch(404, "", "")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void tellsThatTheAccountIsNotAccepted() {
    AccountException refused =
        catchThrowableOfType(
            AccountException.class,
            () ->
                fetch(
                    401,
                    "X-Request-Id: req-42\r\n",
                    "{\"error\":{\"code\":\"AuthenticationError\","
                        + "\"message\":\"key th-secret-987 is not known\"}}"));
    assertThat(refused)
        .hasMessage(
            "TokenHub answered 401: key ApiKey[th-…] is not known (AuthenticationError) [request"
                + " req-42] – The key was not accepted: check it, or make a new one.");
    assertThat(refused.fault().orElseThrow().kind()).isEqualTo(ProviderFault.Kind.CREDENTIALS);
    assertThat(
            catchThrowableOfType(AccountException.class, () -> fetch(402, "", ""))
                .fault()
                .orElseThrow()
                .kind())
        .isEqualTo(ProviderFault.Kind.BALANCE);
    assertThatThrownBy(() -> fetch(403, "", "<html/>")).isInstanceOf(AccountException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 409, 418, 429, 500, 502, 503, 302})
  void comesBackLaterForEveryOtherStatus(int status) {
    RetryLaterException later =
        catchThrowableOfType(
            RetryLaterException.class, () -> fetch(status, "Retry-After: 4\r\n", "<html/>"));
    assertThat(later.retryAfter()).contains(Duration.ofSeconds(4));
  }

  @Test
  void comesBackLaterWhereNobodyAnswers() throws IOException {
    try (WireServer server = new WireServer((request, peer) -> peer.drop());
        TokenHubProvider provider = provider(server)) {
      assertThatThrownBy(() -> provider.task(TASK))
          .isInstanceOf(RetryLaterException.class)
          .hasMessageStartingWith("TokenHub gave no answer: ");
    }
  }

  @Test
  void writesAnyIdAsOneSegment() throws IOException {
    try (WireServer server = WireServer.answering(answer(200, "", "{\"status\":\"queued\"}"));
        TokenHubProvider provider = provider(server)) {
      for (String id : List.of("a/../b?c#d%2F", "..", "cgt-2026_1.~x")) {
        assertThat(provider.task(new TaskId(id)).id().value()).isEqualTo(id);
      }
      assertThat(server.requests())
          .extracting(WireServer.Request::path)
          .containsExactly(
              "/api/v1/videos/generations/a%2F..%2Fb%3Fc%23d%252F",
              "/api/v1/videos/generations/%2E%2E", "/api/v1/videos/generations/cgt-2026_1.~x");
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
