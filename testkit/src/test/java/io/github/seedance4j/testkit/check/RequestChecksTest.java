package io.github.seedance4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.ConformanceCase;
import io.github.seedance4j.testkit.json.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {

  static List<ConformanceCase> conformance() {
    return ConformanceCase.all();
  }

  @Test
  void hasCasesToAgreeWith() {
    assertThat(conformance()).hasSizeGreaterThan(450);
  }

  @ParameterizedTest
  @MethodSource("conformance")
  void agreesWithTheWorkedCases(ConformanceCase worked) {
    assertThat(RequestChecks.violations(worked.request(), worked.enforcement()))
        .containsExactlyElementsOf(worked.violations());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'duration':5,'duration':15}                                    | field-repeated:duration",
        "{'content':[{'type':'image_url','role':'a','role':'b','image_url':{'url':'https://a/b','url':'https://a/c'}}]}"
            + " | field-repeated:content[0].image_url.url field-repeated:content[0].role",
        "{'duration':5,'duration':'x'}                                   | field-repeated:duration field-type:duration",
        "{'duration':1e-99999999}                                        | number-unusable:duration",
        "{'duration':1e99999999999999}                                   | number-unusable:duration",
        "{'duration':-1e9}                                               | number-unusable:duration",
        "{'duration':5.000000}                                           | ``",
        "{'duration':50e-1}                                              | ``",
        "{'duration':999999.999}                                         | duration-out-of-range",
        "{'content':[{}]}                                                | content-type-unknown:content[0].type",
        "{'content':[{'type':'image_url','image_url':'https://a/b'}]}    | field-type:content[0].image_url",
        "{'content':[{'type':'video_url','image_url':{'url':'https://a/b'}}]} | content-url-required:content[0]",
        "{'content':[{'type':'image_url','image_url':{'url':'https://a/b'},'video_url':{'url':'https://a/c'}}]}"
            + " | field-unknown:content[0].video_url",
        "{'content':[{'type':'image_url','image_url':{'url':'https://a/b'},'video_url':null}]} | ``",
        "{'content':[{'type':'audio_url','audio_url':{'url':'https://a/b'},'role':'first_frame'}]}"
            + " | role-type-mismatch:content[0].role",
        "{'duraton':null}                                                | ``",
      })
  void namesWhatIsBroken(String request, String expected) {
    assertThat(String.join(" ", checked(request))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a",
        "http://localhost:8080/x",
        "https://1.2.3.4/",
        "https://[::1]/",
        "https://[::ffff:1.2.3.4]:80/x",
        "https://[1:2:3:4:5:6:7:8]",
        "https://a_b.example.com?x=y",
        "https://a.example./#f",
        "asset://asset-1",
        "data:image/png;base64,AAAA",
        "hTTps://exämple.com/a"
      })
  void takesTheAddressesOfImages(String url) {
    assertThat(checked("{'image_url':'" + url + "'}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.png",
        "ftp://a/b",
        "https:///a",
        "https://",
        "https://:80/",
        "https://a:b/",
        "https://a:65536/",
        "https://u@a/",
        "https://a b/",
        "https://a/b c",
        "https://a..b/",
        "https://1.2.3/",
        "https://256.1.1.1/",
        "https://[::1/",
        "https://[1:2]/",
        "https://[1::2::3]/",
        "https://[:::]/",
        "https://[1:2:3:4:5:6:7:8:9]/",
        "https://a\\u00a0b/",
        "https://a\\\\b/",
        "javascript:alert(1)",
        "data:image/png,AAAA",
        "data:text/plain;base64,AA"
      })
  void refusesOtherAddresses(String url) {
    assertThat(checked("{'image_url':'" + url + "'}")).containsExactly("url-invalid:image_url");
  }

  @Test
  void standsAddressesOfAnyLength() {
    assertThat(checked("{'image_url':'https://a" + ".a".repeat(1_000_000) + "/'}"))
        .containsExactly("url-invalid:image_url");
    assertThat(checked("{'image_url':'data:image/png" + ";a".repeat(1_000_000) + ";base64,AA'}"))
        .containsExactly("url-invalid:image_url");
    assertThat(checked("{'image_url':'data:image/png;base64," + "A".repeat(5_000_000) + "'}"))
        .isEmpty();
    assertThat(checked("{'image_url':'https://a/" + "?&/#".repeat(1_000_000) + "'}")).isEmpty();
  }

  @Test
  void leavesWhatIsOnlyAssumedToAll() {
    Map<String, Object> request =
        Map.of(
            "model", "doubao-seedance-2.0", "prompt", "a cat", "duration", new BigDecimal("4.5"));

    assertThat(RequestChecks.violations(request, Enforcement.ALL))
        .containsExactly("duration-not-whole");
    assertThat(RequestChecks.violations(request, Enforcement.STATED)).isEmpty();
  }

  @Test
  void checksNothingWhenTold() {
    assertThat(RequestChecks.violations("no request at all", Enforcement.NOTHING)).isEmpty();
    assertThat(RequestChecks.violations("no request at all", Enforcement.STATED))
        .containsExactly("request-unreadable");
  }

  /** Checks a request that is complete but for what the test is about. */
  private static SortedSet<String> checked(String fields) {
    String json = "{'model':'doubao-seedance-2.0','prompt':'a cat'," + fields.strip().substring(1);
    return RequestChecks.violations(JsonReader.read(json.replace('\'', '"')), Enforcement.ALL);
  }
}
