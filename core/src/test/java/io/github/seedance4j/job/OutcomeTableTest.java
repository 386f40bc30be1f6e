package io.github.seedance4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTableTest {

  private static final TaskId TASK = new TaskId("task-1");
  private static final ProviderFault FAULT =
      new ProviderFault(
          ProviderFault.Kind.INVALID_REQUEST, "InvalidParameter", "too many videos", "req-1");
  private static final Duration SOON = Duration.ofSeconds(7);

  /**
   * The same table, written another way: one letter for a status of each hundred and each of those
   * that stand alone. S submitted, T throttled, R rejected, ? unknown; for an id and a fault, an id
   * alone, a fault alone, neither.
   */
  private static String expected(int status) {
    return switch (status) {
      case 408, 409 -> "????";
      case 429 -> "??TT";
      default ->
          switch (status / 100) {
            case 2 -> "SS??";
            case 4 -> "??R?";
            default -> "????";
          };
    };
  }

  static IntStream everyStatus() {
    return IntStream.rangeClosed(100, 599);
  }

  @ParameterizedTest
  @MethodSource("everyStatus")
  void decidesForEveryStatus(int status) {
    assertThat(
            letter(status, TASK, FAULT)
                + letter(status, TASK, null)
                + letter(status, null, FAULT)
                + letter(status, null, null))
        .isEqualTo(expected(status));
  }

  @ParameterizedTest
  @EnumSource(CreateReply.Phase.class)
  void knowsThatNothingLeftBeforeItWasSent(CreateReply.Phase phase) {
    SubmissionOutcome outcome =
        OutcomeTable.standard().classify(new CreateReply.Broken(phase, "it broke"));

    assertThat(outcome)
        .isEqualTo(
            phase == CreateReply.Phase.SENT
                ? new SubmissionOutcome.Unknown("it broke")
                : new SubmissionOutcome.NotSent("it broke"));
  }

  @Test
  void listsEveryPhase() {
    // a new phase needs a decision: does it come before the first byte leaves?
    assertThat(CreateReply.Phase.values())
        .extracting(Enum::name)
        .containsExactly("RESOLVE", "CONNECT", "TLS", "LEASE", "CLOSED", "SENT");
  }

  @Test
  void handsOnWhatTheAnswerHolds() {
    assertThat(classify(201, TASK, null)).isEqualTo(new SubmissionOutcome.Submitted(TASK));
    assertThat(classify(422, null, FAULT)).isEqualTo(new SubmissionOutcome.Rejected(422, FAULT));
    assertThat(classify(429, null, FAULT)).isEqualTo(new SubmissionOutcome.Throttled(SOON, FAULT));
    assertThat(classify(429, null, null)).isEqualTo(new SubmissionOutcome.Throttled(SOON, null));
  }

  @Test
  void saysWhyAnOutcomeIsUnknown() {
    assertThat(classify(200, null, null))
        .isEqualTo(new SubmissionOutcome.Unknown("status 200 without a usable task id"));
    assertThat(classify(503, null, null)).isEqualTo(new SubmissionOutcome.Unknown("status 503"));
    assertThat(classify(500, null, FAULT))
        .isEqualTo(new SubmissionOutcome.Unknown("status 500: " + FAULT.text()));
    assertThat(classify(429, TASK, FAULT))
        .isEqualTo(new SubmissionOutcome.Unknown("status 429 with task id task-1"));
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "302", "408", "409", "400", "100", "199", "300"})
  void takesAStatusForARefusalWhereTheProviderSaysSo(int status) {
    OutcomeTable table = OutcomeTable.standard().rejecting(status, "support, 2026-11-02");

    assertThat(table.classify(answered(status, null, FAULT)))
        .isEqualTo(
            new SubmissionOutcome.Rejected(
                status,
                new ProviderFault(
                    ProviderFault.Kind.INVALID_REQUEST,
                    "InvalidParameter",
                    "too many videos (not charged, according to support, 2026-11-02)",
                    "req-1")));
    assertThat(table.classify(answered(status, null, null)))
        .isEqualTo(
            new SubmissionOutcome.Rejected(
                status,
                new ProviderFault(
                    ProviderFault.Kind.OTHER,
                    null,
                    "not charged, according to support, 2026-11-02",
                    null)));
    assertThat(
            table.classify(
                answered(
                    status, null, new ProviderFault(ProviderFault.Kind.PROVIDER, "E", null, null))))
        .isEqualTo(
            new SubmissionOutcome.Rejected(
                status,
                new ProviderFault(
                    ProviderFault.Kind.PROVIDER,
                    "E",
                    "not charged, according to support, 2026-11-02",
                    null)));
    assertThat(table.classify(answered(status, TASK, null)))
        .isInstanceOf(SubmissionOutcome.Unknown.class);
    assertThat(table.classify(answered(501, null, FAULT)))
        .isInstanceOf(SubmissionOutcome.Unknown.class);
    assertThat(OutcomeTable.standard().classify(answered(503, null, FAULT)))
        .isInstanceOf(SubmissionOutcome.Unknown.class);
  }

  @Test
  void collectsCitations() {
    OutcomeTable table = OutcomeTable.standard().rejecting(500, "a").rejecting(503, "b");

    assertThat(table.classify(answered(500, null, null)))
        .isInstanceOf(SubmissionOutcome.Rejected.class);
    assertThat(table.classify(answered(503, null, null)))
        .isInstanceOf(SubmissionOutcome.Rejected.class);
  }

  @Test
  void wantsACitationAndARefusal() {
    assertThatThrownBy(() -> OutcomeTable.standard().rejecting(500, " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("citation: name where the provider says so");
    for (int status : new int[] {200, 299, 429}) {
      assertThatThrownBy(() -> OutcomeTable.standard().rejecting(status, "support"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("status: " + status + " is no refusal");
    }
  }

  private static String letter(int status, @Nullable TaskId task, @Nullable ProviderFault fault) {
    SubmissionOutcome outcome = classify(status, task, fault);
    if (outcome instanceof SubmissionOutcome.Submitted) {
      return "S";
    }
    if (outcome instanceof SubmissionOutcome.Throttled) {
      return "T";
    }
    return outcome instanceof SubmissionOutcome.Rejected ? "R" : "?";
  }

  private static SubmissionOutcome classify(
      int status, @Nullable TaskId task, @Nullable ProviderFault fault) {
    return OutcomeTable.standard().classify(answered(status, task, fault));
  }

  private static CreateReply.Answered answered(
      int status, @Nullable TaskId task, @Nullable ProviderFault fault) {
    return new CreateReply.Answered(status, task, fault, SOON);
  }
}
