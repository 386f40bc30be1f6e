package io.github.seedance4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  private enum Word {
    YES,
    NOT_YET
  }

  @Test
  void prefersAModelsOwnLine() throws IOException {
    SettingsFile file = read("*.a = 1\nm.a = 2\n*.b = 3");

    assertThat(file.required("m", "a")).isEqualTo("2");
    assertThat(file.required("n", "a")).isEqualTo("1");
    assertThat(file.required("m", "b")).isEqualTo("3");
    assertThat(file.find("m", "c")).isEmpty();
    file.refuseUnread();
  }

  @Test
  void groupsSettingsByTheirBeginning() throws IOException {
    SettingsFile file = read("*.rate.x = 1\n*.rate.y = 2\nm.rate.y = 3\nm.rates = 4\nn.rate.z = 5");

    assertThat(file.group("m", "rate.")).isEqualTo(Map.of("x", "1", "y", "3"));
    assertThatThrownBy(file::refuseUnread)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test: not a setting: m.rates, n.rate.z");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.12, 0.12",
    "007, 7",
    "123456789012.123456789012, 123456789012.123456789012"
  })
  void readsExactDecimals(String text, BigDecimal decimal) throws IOException {
    assertThat(read("m.a = " + text).decimal("m", "a")).isEqualTo(decimal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "1.", ".5", "1e3", "1,5", "1234567890123", "1.1234567890123", "٣"})
  void refusesWhatIsNoPlainDecimal(String text) throws IOException {
    SettingsFile file = read("m.a = " + text);

    assertThatThrownBy(() -> file.decimal("m", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test: m.a = '" + text + "', wanted a decimal such as 0.12");
  }

  @Test
  void readsWholeNumbers() throws IOException {
    SettingsFile file = read("m.a = 999999999\nm.b = 0\nm.c = 1");

    assertThat(file.whole("m", "a")).isEqualTo(999_999_999);
    assertThat(file.whole("m", "b")).isZero();
    assertThat(file.positive("m", "c")).isEqualTo(1);
    assertThatThrownBy(() -> file.positive("m", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test: m.b = '0', wanted a whole number above zero");
  }

  @Test
  void readsWordsAndLists() throws IOException {
    SettingsFile file = read("m.a = one , two,,three,\nmodels = x, y");

    assertThat(file.list("m", "a")).containsExactly("one", "two", "three");
    assertThat(file.models()).containsExactly("x", "y");
    assertThat(file.word("k", "not_yet", Word.values())).isEqualTo(Word.NOT_YET);
    assertThat(file.word("k", "yes", Word.values())).isEqualTo(Word.YES);
    assertThatThrownBy(() -> file.word("k", "no", Word.values()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test: k = 'no', wanted one of [yes, not_yet]");
  }

  @Test
  void refusesARepeatedOrMissingKey() throws IOException {
    assertThatThrownBy(() -> read("a = 1\nb = 2\na = 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test: 'a' is there twice");
    SettingsFile file = read("a = 1");
    assertThatThrownBy(() -> file.required("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test: 'b' is missing");
    assertThatThrownBy(() -> file.required("m", "b")).hasMessage("test: 'm.b' is missing");
  }

  @Test
  void stripsWhatStandsAroundAValue() throws IOException {
    assertThat(read("a =   1 \t ").required("a")).isEqualTo("1");
  }

  @Test
  void saysSoWhereAFileIsNotThere() {
    assertThatThrownBy(() -> SettingsFile.ofResource(SettingsFileTest.class, "nothing.properties"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not in the jar: nothing.properties");
  }

  private static SettingsFile read(String text) throws IOException {
    try (Reader reader = new StringReader(text)) {
      return SettingsFile.read("test", reader);
    }
  }
}
