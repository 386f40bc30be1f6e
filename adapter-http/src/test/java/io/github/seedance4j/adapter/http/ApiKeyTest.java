package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

  static final ApiKey KEY = ApiKey.of("th-secret");

  @Test
  void showsNothingOfItself() {
    assertThat(KEY).hasToString("ApiKey[th-…]").hasToString(ApiKey.of("other").toString());
    assertThat(KEY.fingerprint()).matches("[0-9a-f]{12}");
  }

  @Test
  void isEqualByValueAndTellsAccountsApart() {
    assertThat(KEY).isEqualTo(ApiKey.of("th-secret")).hasSameHashCodeAs(ApiKey.of("th-secret"));
    assertThat(KEY).isNotEqualTo(ApiKey.of("th-secret2")).isNotEqualTo("th-secret");
    assertThat(KEY.fingerprint())
        .isEqualTo(ApiKey.of("th-secret").fingerprint())
        .isNotEqualTo(ApiKey.of("th-secret2").fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "th-a\n", " th-a", "th a", "th-\u0000", "th-ä", "th-a\r\nX: y"})
  void refusesWhatCantBeAHeaderWithoutRepeatingIt(String key) {
    assertThatThrownBy(() -> ApiKey.of(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "value: an API key is printable ASCII without spaces or line breaks; copy it again");
  }

  @Test
  void redactsItself() {
    assertThat(KEY.redact("a th-secret b")).isEqualTo("a ApiKey[th-…] b");
  }
}
