package io.github.seedance4j.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultJsonTest {

  @ParameterizedTest
  @MethodSource("io.github.seedance4j.testkit.fault.FaultJson#names")
  void readsWhatItWrites(String name) {
    if (name.startsWith("rewrites-")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FaultJson.read(Map.of("fault", name)))
          .withMessage("fault: " + name + " is to be had in Java only");
      return;
    }
    Fault defaults = FaultJson.read(Map.of("fault", name));
    String json = JsonWriter.write(FaultJson.write(defaults));

    assertThat(read(json)).isEqualTo(defaults);
    assertThat(FaultJson.nameOf(defaults.getClass())).isEqualTo(name);
  }

  @Test
  void readsParameters() {
    assertThat(
            read(
                "{\"fault\":\"refuses\",\"status\":503,\"charged\":true,\"shape\":\"html\",\"retry_after\":\"-5\"}"))
        .isEqualTo(
            new CreateFault.Refuses(503, true, ErrorShape.HTML, null, null, null)
                .withRetryAfter("-5"));
    assertThat(read("{\"fault\":\"drips-answer\",\"every\":0.25}"))
        .isEqualTo(new CreateFault.DripsAnswer(Duration.ofMillis(250)));
    assertThat(read("{\"fault\":\"sends-as-id\",\"id\":null}"))
        .isEqualTo(new CreateFault.SendsAsId(null));
    assertThat(read("{\"fault\":\"gives-bad-link\",\"link\":\"redirect-to-private\"}"))
        .isEqualTo(new TaskFault.GivesBadLink(TaskFault.BadLink.REDIRECT_TO_PRIVATE));
    assertThat(
            read(
                "{\"fault\":\"answers\",\"status\":200,\"headers\":{\"A\":\"b\"},\"body\":\"x\",\"charged\":false}"))
        .isEqualTo(new CreateFault.Answers(200, Map.of("A", "b"), "x", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | fault: a name such as "resets-after-charge", not null
          {"fault":503}                                 | fault: a name such as "resets-after-charge", not 503
          {"fault":"resets"}                            | fault: there is none of the name "resets"; GET /_fake/faults
          {"fault":"reset-after-charged"}               | fault: there is none of the name "reset-after-charged"; did you mean resets-after-charge?
          {"fault":"ResetsAfterCharge"}                 | fault: there is none of the name "ResetsAfterCharge"; did you mean resets-after-charge?
          {"fault":"resets_polls"}                      | fault: there is none of the name "resets_polls"; did you mean resets-polls?
          {"fault":"never-ends","polls":1}              | polls: never-ends takes nothing
          {"fault":"refuses","status":200}              | status: 400 to 599, not 200
          {"fault":"refuses","status":"400"}            | status: a number, not "400"
          {"fault":"refuses","status":1e99999999}       | status: whole, not 1E+99999999
          {"fault":"refuses","charged":"yes"}           | charged: true or false, not "yes"
          {"fault":"refuses","shape":"xml"}             | shape: one of "full", "message-only", "text", "null", "html", "empty", not "xml"
          {"fault":"drips-answer","every":0.0001}       | every: seconds, to the millisecond, not 0.0001
          {"fault":"answers","headers":[]}              | headers: an object, not []
          {"fault":"resets-polls","polls":0}            | polls: at least 1, not 0
          {"fault":"fails","shape":"html"}              | shape: one that a task can have, not "html"
          """)
  void saysWhatDoesNotFit(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json))
        .withMessageStartingWith(message);
  }

  private static Fault read(String json) {
    return FaultJson.read((Map<?, ?>) JsonReader.read(json).tree());
  }
}
