package io.github.seedance4j.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderAccountTest {

  @ParameterizedTest
  @CsvSource({
    "HTTPS://Hub.Example/api/v1, https://hub.example/api/v1",
    "https://hub.example/api/v1/, https://hub.example/api/v1",
    "https://hub.example:443/api/v1//, https://hub.example/api/v1",
    "https://hub.example:/api/v1, https://hub.example/api/v1",
    "https://hub.example/./api/././v1/./, https://hub.example/api/v1",
    "https://hub.example/, https://hub.example",
    "http://LOCALHOST:80, http://localhost",
    "http://[::1]:80/., http://[::1]",
  })
  void isTheSameHoweverItsAddressIsSpelled(String written, String spelled) {
    ProviderAccount account = new ProviderAccount("Hub", written, "f00d");

    assertThat(account).isEqualTo(new ProviderAccount("Hub", spelled, "f00d"));
    assertThat(account.baseUrl()).isEqualTo(spelled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hub.example/API/v1",
        "https://hub.example/api%2fv1",
        "https://hub.example/api/%7Ev1",
        "https://hub.example/a/../b",
        "https://hub.example/a//b",
        "https://hub.example/.well-known",
        "https://hub.example:80",
        "http://hub.example:443",
        "https://hub.example.",
        "https://hub.example/?Q/",
        "nowhere:",
        "U R L/",
        "",
      })
  void keepsTheRestAsItIsWritten(String address) {
    assertThat(new ProviderAccount("Hub", address, "f00d").baseUrl()).isEqualTo(address);
  }
}
