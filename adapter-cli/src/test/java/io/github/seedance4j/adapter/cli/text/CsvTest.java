package io.github.seedance4j.adapter.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing comma-separated values; how they are read is tested with batch files. */
class CsvTest {

  @Test
  void readsBackWhatItWrites() {
    List<String> cells = List.of("", "a b", "a,b", "\"", "two\nlines", "a;b", "é", "\r\n");

    assertThat(Csv.read(Csv.record(cells) + Csv.record(cells)).rows())
        .containsExactly(new Csv.Row(1, cells), new Csv.Row(4, cells));
  }

  @Test
  void quotesOnlyWhereItMust() {
    assertThat(Csv.record(List.of("", "a b", "1.5", "a,b", "say \"x\"")))
        .isEqualTo(",a b,1.5,\"a,b\",\"say \"\"x\"\"\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"})
  void putsAnApostropheBeforeWhatMayBeAFormula(String text) {
    assertThat(Csv.harmless(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a=1", "acme-2", "'quoted", "2026-11-01"})
  void leavesOtherTextsAlone(String text) {
    assertThat(Csv.harmless(text)).isEqualTo(text);
  }
}
