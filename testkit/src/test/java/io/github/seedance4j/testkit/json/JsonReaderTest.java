package io.github.seedance4j.testkit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void readsEveryKindOfValue() {
    Object tree =
        JsonReader.read(" {\"a\":[1,-0.5,2e3,true,false,null,\"x\\n\\u00e9\\\"\"],\"b\":{}} ")
            .tree();

    assertThat(tree)
        .isEqualTo(
            Map.of(
                "a",
                Arrays.asList(
                    new BigDecimal("1"),
                    new BigDecimal("-0.5"),
                    new BigDecimal("2E+3"),
                    true,
                    false,
                    null,
                    "x\né\""),
                "b",
                Map.of()));
  }

  @Test
  void reportsRepeatedKeysWithTheirPathsAndKeepsTheLast() {
    JsonDocument document = JsonReader.read("{\"a\":1,\"b\":[{\"c\":1,\"c\":2}],\"a\":3}");

    assertThat(document.repeated()).containsExactly("b[0].c", "a");
    assertThat(document.tree())
        .isEqualTo(Map.of("a", new BigDecimal(3), "b", List.of(Map.of("c", new BigDecimal(2)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "NaN",
        "'a'",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "true false",
        "nul",
        "[1 2]",
        "{\"a\" 1}",
        "<html>"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhereItStopped() {
    assertThatThrownBy(() -> JsonReader.read("{\"a\":?}"))
        .hasMessage("not JSON: expected a value at character 5");
  }

  @Test
  void refusesDepthAndLongNumbersBeforeTheyHurt() {
    assertThat(JsonReader.read("[".repeat(100) + "]".repeat(100)).tree()).isInstanceOf(List.class);
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .hasMessageContaining("deeper than 100");
    assertThatThrownBy(() -> JsonReader.read("9".repeat(1_001)))
        .hasMessageContaining("1001 characters");
  }

  @Test
  void keepsAbsurdExponentsWithoutExpandingThem() {
    assertThat((BigDecimal) JsonReader.read("1e-99999999").tree()).isPositive();
    assertThat((BigDecimal) JsonReader.read("1e999999999999999999").tree()).isPositive();
    assertThat(JsonReader.read("0e999999999999999999").tree()).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void refusesBytesThatAreNotUtf8AndSkipsAByteOrderMark() {
    assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xff, '"'}))
        .hasMessage("not UTF-8");
    assertThat(JsonReader.read(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '1'}).tree())
        .isEqualTo(BigDecimal.ONE);
  }

  @Test
  void readsBackWhatIsWritten() {
    Object tree =
        JsonReader.read(
                "{\"t\":\"\\\"\\\\\\u0000\\ud83d\\ude00\\ud800 é\",\"n\":[1.50,null,true],\"e\":{},\"l\":[]}")
            .tree();

    assertThat(JsonReader.read(JsonWriter.write(tree)).tree()).isEqualTo(tree);
    assertThatThrownBy(() -> JsonWriter.write(1.5))
        .hasMessage("tree: plain values, not java.lang.Double");
  }
}
