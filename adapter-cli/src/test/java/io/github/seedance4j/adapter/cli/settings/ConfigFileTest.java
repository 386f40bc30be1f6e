package io.github.seedance4j.adapter.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

  private static final String TEXT =
      """
      # mine
      model = fast

      [client]
      # theirs
      base-url=https://hub.example/api/v1?a=b#c
      """;

  @Test
  void keepsAValueWholeAndEachProfileApart() {
    ConfigFile file = ConfigFile.parse("f", TEXT);

    assertThat(file.find("default", "model")).map(ConfigFile.Entry::value).hasValue("fast");
    assertThat(file.find("client", "model")).isEmpty();
    assertThat(file.find("client", "base-url"))
        .hasValue(
            new ConfigFile.Entry(6, "client", "base-url", "https://hub.example/api/v1?a=b#c"));
    assertThat(file.profiles()).containsExactly("client");
  }

  @Test
  void changesALineAndLeavesAllOthersAsTheyAre() {
    ConfigFile file = ConfigFile.parse("f", TEXT);

    assertThat(file.with("default", "model", "standard"))
        .isEqualTo(TEXT.replace("model = fast", "model = standard"));
    assertThat(file.without("default", "model")).isEqualTo(TEXT.replace("model = fast\n", ""));
    assertThat(file.with("default", "stage", "up {}"))
        .isEqualTo(TEXT.replace("model = fast\n", "model = fast\nstage = up {}\n"));
    assertThat(file.with("client", "model", "fast")).isEqualTo(TEXT + "model = fast\n");
    assertThat(file.with("other", "model", "fast")).isEqualTo(TEXT + "\n[other]\nmodel = fast\n");
  }

  @Test
  void putsWhatHoldsForAllAboveTheFirstProfile() {
    assertThat(ConfigFile.parse("f", "[a]\nmodel = fast\n").with("default", "stage", "up {}"))
        .isEqualTo("stage = up {}\n[a]\nmodel = fast\n");
    assertThat(ConfigFile.parse("f", "").with("default", "model", "fast"))
        .isEqualTo("model = fast\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model fast                 | f, line 1: wanted key = value, [profile], or # and a remark
          model = a;[x];model = b;model = c | f, line 4: model is in line 3 already
          [../x]                     | f, line 1: '../x' can't be a profile's name: small letters, digits, and after the first . _ -
          [Client]                   | f, line 1: 'Client' can't be a profile's name: small letters, digits, and after the first . _ -
          """)
  void namesTheLineThatCantBeRead(String lines, String message) {
    assertThatThrownBy(() -> ConfigFile.parse("f", lines.replace(';', '\n')))
        .isInstanceOf(UnusableSetting.class)
        .hasMessage(message);
  }

  @Test
  void repeatsNoLineThatMayHoldASecret() {
    assertThatThrownBy(() -> ConfigFile.parse("f", "th-secret-of-mine"))
        .message()
        .doesNotContain("secret");
  }
}
