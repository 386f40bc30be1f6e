package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.ProviderFault.Kind;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.ErrorShape;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A refusal tells why, and what may still have been taken is none. */
interface ProviderRefusalRules extends ProviderSource {

  @Test
  @DisplayName("P28 carries status, code, message and request id of a refusal")
  default void carriesStatusCodeMessageAndRequestIdOfARefusal() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      CreateReply reply =
          trial.create(new CreateFault.Refuses(400, "InvalidParameter", "No such ratio."));

      ProviderFault fault = rejected(reply, 400);
      assertThat(fault.code()).as("code").isEqualTo("InvalidParameter");
      assertThat(fault.message()).as("message").contains("No such ratio.");
      assertThat(fault.requestId()).as("request id").isNotBlank();
    }
  }

  @Test
  @DisplayName("P29 takes a refusal for one in any shape that says why")
  default void takesARefusalForOneInAnyShapeThatSaysWhy() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (ErrorShape shape : List.of(ErrorShape.MESSAGE_ONLY, ErrorShape.TEXT)) {
        ProviderFault fault = rejected(trial.create(refusal(422, shape, "No such ratio.")), 422);
        assertThat(fault.message()).as("message in shape %s", shape).contains("No such ratio.");
      }
      for (ErrorShape shape : List.of(ErrorShape.NULL, ErrorShape.HTML, ErrorShape.EMPTY)) {
        CreateReply reply = trial.create(refusal(400, shape, "No such ratio."));
        assertThat(reply).as("a 400 in shape %s", shape).isInstanceOf(CreateReply.Answered.class);
        assertThat(((CreateReply.Answered) reply).status())
            .as("status in shape %s", shape)
            .isEqualTo(400);
        assertThat(((CreateReply.Answered) reply).task()).as("task in shape %s", shape).isNull();
      }
    }
  }

  @Test
  @DisplayName("P30 leaves 3xx, 5xx, 408 and 409 unknown")
  default void leaves3xx5xx408And409Unknown() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (int status : new int[] {408, 409, 500, 501, 502, 503, 504, 529}) {
        Judgements.unknown(trial.create(new CreateFault.Refuses(status, true)));
        Judgements.unknown(trial.create(refusal(status, ErrorShape.HTML, null)));
        Judgements.unknown(trial.create(refusal(status, ErrorShape.EMPTY, null)));
      }
      Judgements.unknown(trial.create(new CreateFault.Redirects(303)));
    }
  }

  @Test
  @DisplayName("P31 takes 429 for throttled, until Retry-After")
  default void takes429ForThrottledUntilRetryAfter() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      assertThat(throttled(trial, "7"))
          .as("the wait for Retry-After: 7")
          .isEqualTo(Duration.ofSeconds(7));
      assertThat(throttled(trial, null)).as("the wait without Retry-After").isNull();
    }
  }

  @Test
  @DisplayName("P32 reads Retry-After as a date")
  default void readsRetryAfterAsADate() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.now().plusSeconds(120).atOffset(ZoneOffset.UTC));
      assertThat(throttled(trial, date))
          .as("the wait for Retry-After: %s", date)
          .isNotNull()
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(120));
    }
  }

  @Test
  @DisplayName("P33 ignores a Retry-After that makes no sense")
  default void ignoresARetryAfterThatMakesNoSense() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (String nonsense : List.of("soon", "1e3", "-", "Tue, 99 Foo 2026")) {
        assertThat(throttled(trial, nonsense))
            .as("the wait for Retry-After: %s", nonsense)
            .isNull();
      }
      for (String past : List.of("-5", "Wed, 21 Oct 2015 07:28:00 GMT")) {
        Duration wait = throttled(trial, past);
        assertThat(wait == null || wait.isZero()).as("%s gives %s", past, wait).isTrue();
      }
    }
  }

  @Test
  @DisplayName("P34 caps a Retry-After that is huge")
  default void capsARetryAfterThatIsHuge() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (String huge :
          List.of("9999999", "99999999999999999999", "Tue, 31 Dec 2199 23:59:59 GMT")) {
        assertThat(throttled(trial, huge))
            .as("the wait for Retry-After: %s", huge)
            .isNotNull()
            .isBetween(Duration.ZERO, Duration.ofDays(1));
      }
    }
  }

  @Test
  @DisplayName("P35 sorts a refusal by what it is about")
  default void sortsARefusalByWhatItIsAbout() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      isSorted(trial, 400, "InvalidParameter", Kind.INVALID_REQUEST);
      isSorted(trial, 400, "InputTextSensitiveContentDetected", Kind.INPUT_TEXT);
      isSorted(trial, 401, "AuthenticationError", Kind.CREDENTIALS);
      isSorted(trial, 402, "InsufficientBalance", Kind.BALANCE);
      isSorted(trial, 403, "AccessDenied", Kind.PERMISSION);
    }
  }

  @Test
  @DisplayName("P36 is refused with a wrong key, and not charged")
  default void isRefusedWithAWrongKeyAndNotCharged() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      CreateReply reply =
          trial.send(
              trial
                  .open(ProviderTrial.WRONG_KEY)
                  .prepare(ProviderTrial.request("with a wrong key")));

      assertThat(rejected(reply, 401).kind())
          .as("the kind of a 401 for a wrong key")
          .isEqualTo(Kind.CREDENTIALS);
      assertThat(trial.hub().tasks()).as("tasks booked").isEmpty();
    }
  }

  private static CreateFault refusal(int status, ErrorShape shape, @Nullable String message) {
    return new CreateFault.Refuses(status, false, shape, null, message, null);
  }

  private static ProviderFault rejected(CreateReply reply, int status) {
    SubmissionOutcome outcome = Judgements.outcome(reply);
    assertThat(outcome)
        .as("the outcome of %s", reply)
        .isInstanceOf(SubmissionOutcome.Rejected.class);
    SubmissionOutcome.Rejected rejected = (SubmissionOutcome.Rejected) outcome;
    assertThat(rejected.status()).as("status").isEqualTo(status);
    return rejected.fault();
  }

  private static void isSorted(ProviderTrial trial, int status, String code, Kind kind) {
    CreateReply reply = trial.create(new CreateFault.Refuses(status, code, "Refused."));
    assertThat(rejected(reply, status).kind())
        .as("the kind of a %d with the code %s", status, code)
        .isEqualTo(kind);
  }

  private static @Nullable Duration throttled(ProviderTrial trial, @Nullable String retryAfter) {
    CreateFault.Refuses refusal =
        new CreateFault.Refuses(429, false, ErrorShape.FULL, null, null, retryAfter);
    SubmissionOutcome outcome = Judgements.outcome(trial.create(refusal));
    assertThat(outcome).as("the outcome of a 429").isInstanceOf(SubmissionOutcome.Throttled.class);
    return ((SubmissionOutcome.Throttled) outcome).retryAfter();
  }
}
