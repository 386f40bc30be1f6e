package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.Exchange;
import io.github.seedance4j.task.ProviderFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

  private static final ApiKey KEY = ApiKey.of("th-secret-987");

  private static ProviderFault fault(int status, String requestId, String body) {
    return Faults.inAnswer(new Exchange.Answered(status, body, requestId, null), KEY).orElseThrow();
  }

  private static ProviderFault fault(int status, String body) {
    return fault(status, null, body);
  }

  @ParameterizedTest
  @CsvSource({
    "400, InputTextSensitiveContentDetected, INPUT_TEXT",
    "400, InputImageSensitiveContentDetected, INPUT_IMAGE",
    "400, InputVideoSensitiveContentDetected, INPUT_VIDEO",
    "400, InputAudioSensitiveContentDetected, INPUT_AUDIO",
    "400, InputTextRiskDetection, INPUT_TEXT",
    "400, InputImageRiskDetection, INPUT_IMAGE",
    "400, InputImageSensitiveContentDetected.PrivacyInformation, REAL_PERSON",
    "400, InputVideoSensitiveContentDetected.PrivacyInformation, REAL_PERSON",
    "400, InputTextSensitiveContentDetected.PolicyViolation, COPYRIGHT",
    "400, SensitiveContentDetected.SevereViolation, INPUT_TEXT",
    "0, OutputTextSensitiveContentDetected, OUTPUT_TEXT",
    "0, OutputImageRiskDetection, OUTPUT_IMAGE",
    "0, OutputVideoSensitiveContentDetected, OUTPUT_VIDEO",
    "0, OutputVideoSensitiveContentDetected.PolicyViolation, COPYRIGHT",
    "0, OutputAudioSensitiveContentDetected, OUTPUT_AUDIO",
    "403, AccountOverdueError, BALANCE",
    "403, OperationDenied.ServiceOverdue, BALANCE",
    "402, insufficient_balance, BALANCE",
    "429, insufficient_quota, BALANCE",
    "402, Whatever, BALANCE",
    "401, AuthenticationError, CREDENTIALS",
    "401, Whatever, CREDENTIALS",
    "400, invalid_api_key, CREDENTIALS",
    "403, AccessDenied, PERMISSION",
    "403, OperationDenied.ServiceNotOpen, PERMISSION",
    "404, ModelNotOpen, PERMISSION",
    "404, InvalidEndpointOrModel.ModelIDAccessDisabled, PERMISSION",
    "403, Whatever, PERMISSION",
    "429, RateLimitExceeded.EndpointRPMExceeded, RATE_LIMIT",
    "429, ModelAccountIpmRateLimitExceeded, RATE_LIMIT",
    "429, QuotaExceeded, RATE_LIMIT",
    "429, ServerOverloaded, RATE_LIMIT",
    "429, RequestBurstTooFast, RATE_LIMIT",
    "429, SetLimitExceeded, RATE_LIMIT",
    "429, InflightBatchsizeExceeded, RATE_LIMIT",
    "429, Whatever, RATE_LIMIT",
    "404, InvalidEndpointOrModel.NotFound, NOT_FOUND",
    "404, NotFound.Task, NOT_FOUND",
    "404, Whatever, NOT_FOUND",
    "400, MissingParameter.prompt, INVALID_REQUEST",
    "400, InvalidParameter.TaskTypeConstraint, INVALID_REQUEST",
    "400, InvalidEndpoint.ClosedEndpoint, INVALID_REQUEST",
    "400, InvalidImageURL.EmptyURL, INVALID_REQUEST",
    "422, Whatever, INVALID_REQUEST",
    "500, InternalServiceError, PROVIDER",
    "503, Whatever, PROVIDER",
    "0, Whatever, OTHER",
    "418, Whatever, OTHER",
    "200, 402, BALANCE",
    "200, 1234, OTHER"
  })
  void sortsByCodeAndThenByStatus(int status, String code, ProviderFault.Kind kind) {
    assertThat(Faults.classify(status, code, null)).isEqualTo(kind);
  }

  @Test
  void sortsByWordsWhereTheCodeSaysNothing() {
    assertThat(Faults.classify(400, null, "Insufficient account balance, please top up"))
        .isEqualTo(ProviderFault.Kind.BALANCE);
    assertThat(Faults.classify(403, "x", "not enough credits"))
        .isEqualTo(ProviderFault.Kind.BALANCE);
    assertThat(Faults.classify(400, null, "balance the picture"))
        .isEqualTo(ProviderFault.Kind.INVALID_REQUEST);
  }

  @Test
  void readsEveryShapeOfBody() {
    assertThat(fault(400, "{\"error\":\"no\"}"))
        .isEqualTo(new ProviderFault(ProviderFault.Kind.INVALID_REQUEST, null, "no", null));
    assertThat(fault(402, "{\"code\":40201,\"message\":\"pay\"}"))
        .isEqualTo(new ProviderFault(ProviderFault.Kind.BALANCE, "40201", "pay", null));
    assertThat(fault(200, "{\"code\":402,\"msg\":\"pay\"}").kind())
        .isEqualTo(ProviderFault.Kind.BALANCE);
    assertThat(fault(400, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"m\"}}"))
        .isEqualTo(new ProviderFault(ProviderFault.Kind.INVALID_REQUEST, null, "m", null));
    assertThat(fault(422, "{\"detail\":[{\"loc\":[\"prompt\"]}]}").message())
        .isEqualTo("[{\"loc\":[\"prompt\"]}]");
    assertThat(fault(400, "{\"error\":{},\"message\":\"outer\"}").message()).isEqualTo("outer");
  }

  @Test
  void keepsTheRequestIdWhereverItIs() {
    assertThat(fault(400, "head-1", "{\"message\":\"m. Request ID: tail-12345\"}").requestId())
        .isEqualTo("head-1");
    assertThat(fault(400, "{\"message\":\"m. Request ID: tail-12345\"}").requestId())
        .isEqualTo("tail-12345");
    assertThat(fault(400, "{\"message\":\"m (request id: tail_12345)\"}").requestId())
        .isEqualTo("tail_12345");
    assertThat(fault(400, "{\"message\":\"m\",\"request_id\":\"field-1\"}").requestId())
        .isEqualTo("field-1");
    assertThat(fault(400, "{\"message\":\"the request idea was bad\"}").requestId()).isNull();
  }

  @Test
  void showsNoKeyNoControlCharactersAndNoNovels() {
    String message =
        fault(400, "{\"message\":\"a\\u0000\\u001b[31m\\nb th-secret-987 c\"}").message();
    assertThat(message).isEqualTo("a [31m b ApiKey[th-…] c");
    String novel = fault(400, "{\"message\":\"" + "x".repeat(495) + "th-secret-987\"}").message();
    assertThat(novel).hasSize(500).endsWith("…").doesNotContain("th-s");
    assertThat(fault(400, "{\"message\":\"" + "x".repeat(498) + "🐕🐕\"}").message())
        .isEqualTo("x".repeat(498) + "…");
    assertThat(fault(400, "{\"code\":\"" + "c".repeat(300) + "\"}").code()).hasSize(100);
  }
}
