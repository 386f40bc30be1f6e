package io.github.seedance4j.testkit.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedLinkTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "https://a.volces.com/x.mp4?X-Tos-Date=1&X-Tos-Expires=86400&X-Tos-Signature=s,a.volces.com,86400",
    "https://a/x.mp4?x-amz-expires=60,a,60",
    "http://a:81/x.mp4?n=1&expires=1795348860,a,60",
    "https://a/x.mp4?Expires=1795348740&sig=s,a,-60",
    "https://a/x.mp4?expires=soon,a,",
    "https://a/x.mp4?expires,a,",
    "https://a/x.mp4?lifetime=60,a,",
    "https://a/x.mp4,a,",
    "file:/x.mp4,'',",
    "not a link,'',",
  })
  void tellsHostAndLife(String link, String host, Long seconds) {
    SignedLink signed = SignedLink.of(link, NOW);

    assertThat(signed.host()).isEqualTo(host);
    assertThat(signed.life().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
  }
}
