package io.github.seedance4j.adapter.http.tokenhub;

import static io.github.seedance4j.adapter.http.WireServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.WireServer;
import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a read of a task says. */
class TokenHubTaskTest {

  private static final ApiKey KEY = ApiKey.of("th-secret-987");
  private static final TaskId TASK = new TaskId("cgt-1");
  private static final HttpOptions ONCE = HttpOptions.builder().readAttempts(1).build();

  private static TokenHubProvider provider(WireServer server) {
    return TokenHub.provider(KEY, server.uri("/api/v1"), ONCE);
  }

  private static VideoTask read(int status, String headers, String body) throws IOException {
    try (WireServer server = WireServer.answering(answer(status, headers, body));
        TokenHubProvider provider = provider(server)) {
      return provider.task(TASK);
    }
  }

  private static TaskState state(String body) throws IOException {
    return read(200, "", body).state();
  }

  @Test
  void readsAFinishedTask() throws IOException {
    VideoTask task =
        read(
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
    assertThat(read(200, "", "{\"status\":\"queued\",\"created\":" + created + "}").createdAt())
        .isNull();
  }

  @Test
  void neverMixesTasksUp() {
    assertThatThrownBy(() -> read(200, "", "{\"id\":\"cgt-2\",\"status\":\"succeeded\"}"))
        .isInstanceOf(RetryLaterException.class)
        .hasMessage("task cgt-1: TokenHub answered 200 with another task's state");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html/>", "{}", "{\"status\":null}", "{\"status\":3}", "[]"})
  void comesBackLaterForAnAnswerWithoutAStatus(String body) {
    assertThatThrownBy(() -> read(200, "", body)).isInstanceOf(RetryLaterException.class);
  }

  @Test
  void tellsThatATaskIsNotKnown() {
    assertThatThrownBy(() -> read(404, "", "")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void tellsThatTheAccountIsNotAccepted() {
    AccountException refused =
        catchThrowableOfType(
            AccountException.class,
            () ->
                read(
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
            catchThrowableOfType(AccountException.class, () -> read(402, "", ""))
                .fault()
                .orElseThrow()
                .kind())
        .isEqualTo(ProviderFault.Kind.BALANCE);
    assertThatThrownBy(() -> read(403, "", "<html/>")).isInstanceOf(AccountException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 409, 418, 429, 500, 502, 503, 302})
  void comesBackLaterForEveryOtherStatus(int status) {
    RetryLaterException later =
        catchThrowableOfType(
            RetryLaterException.class, () -> read(status, "Retry-After: 4\r\n", "<html/>"));
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
}
