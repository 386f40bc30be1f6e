package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.job.OutcomeTable;
import io.github.seedance4j.job.SubmissionOutcome;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the adapter takes each fault of docs/faults.md for that can strike a create. */
class FaultOutcomesTest {

  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(\\{.*?\\})` \\| [^|]+ \\| (submitted|refused|throttled|unknown|not sent(?: or unknown)?) \\|");
  private static final Duration IMPATIENT = Duration.ofSeconds(2);
  private static final Duration PATIENT = Duration.ofSeconds(60);

  static Stream<Arguments> rows() throws IOException {
    return Files.readAllLines(Path.of("../docs/faults.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> Arguments.of(row.group(1), row.group(2)))
        .filter(row -> strikesCreates(fault((String) row.get()[0])));
  }

  /** A first call takes seconds on a busy machine, and some faults pass meanwhile. */
  @BeforeAll
  static void warmUp() {
    try (FakeTokenHub hub = FakeTokenHub.start();
        TokenHubProvider provider =
            TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), HttpOptions.standard())) {
      assertThat(provider.prepare(Requests.prompt("a dog")).send()).isNotNull();
    }
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("rows")
  void comesToTheWordOfItsRow(String json, String word) {
    Fault fault = fault(json);
    try (FakeTokenHub hub = FakeTokenHub.start();
        TokenHubProvider provider =
            TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), patience(fault))) {
      if (fault instanceof ConnectionFault connection) {
        hub.nextConnection(connection);
      } else {
        hub.next().with(fault);
      }
      SubmissionOutcome outcome =
          OutcomeTable.standard().classify(provider.prepare(Requests.prompt("a dog")).send());

      assertThat(word(outcome)).as("%s", outcome).isIn((Object[]) word.split(" or "));
      awaitStrike(hub);
      assertThat(hub.struck()).containsExactly(fault);
      assertThat(hub.requests().createsBegun()).isEqualTo(fault instanceof ConnectionFault ? 0 : 1);
      assertThat(hub.requests().redirectsFollowed()).isZero();
    }
  }

  /** The client may give up before a busy machine has let the fake read what it sent. */
  private static void awaitStrike(FakeTokenHub hub) {
    long begun = System.nanoTime();
    while (hub.struck().isEmpty() && System.nanoTime() - begun < PATIENT.toNanos()) {
      Thread.onSpinWait();
    }
  }

  private static boolean strikesCreates(Fault fault) {
    return fault instanceof CreateFault || fault instanceof ConnectionFault;
  }

  private static Fault fault(String json) {
    return FaultJson.read((Map<?, ?>) JsonReader.read(json).tree());
  }

  /** Short only where the answer would be hours away: an early end elsewhere hides what came. */
  private static HttpOptions patience(Fault fault) {
    boolean endless =
        fault instanceof ConnectionFault.HangsAfterAccept
            || fault instanceof CreateFault.HangsAfterCharge
            || (fault instanceof CreateFault.DelaysAnswer delay
                && delay.by().compareTo(IMPATIENT) > 0)
            || (fault instanceof CreateFault.DripsAnswer drip
                && drip.every().compareTo(Duration.ofMillis(100)) > 0);
    return HttpOptions.builder()
        .connectTimeout(IMPATIENT)
        .leaseTimeout(IMPATIENT)
        .createDeadline(endless ? IMPATIENT : PATIENT)
        .build();
  }

  private static String word(SubmissionOutcome outcome) {
    if (outcome instanceof SubmissionOutcome.Submitted) {
      return "submitted";
    }
    if (outcome instanceof SubmissionOutcome.Rejected) {
      return "refused";
    }
    if (outcome instanceof SubmissionOutcome.Throttled) {
      return "throttled";
    }
    return outcome instanceof SubmissionOutcome.NotSent ? "not sent" : "unknown";
  }
}
