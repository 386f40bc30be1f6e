package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void hasTheDefaultsThatItsSettersState() {
    HttpOptions options = HttpOptions.standard();
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.responseTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.createDeadline()).isEqualTo(Duration.ofSeconds(120));
    assertThat(options.readDeadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.downloadDeadline()).isEqualTo(Duration.ofMinutes(30));
    assertThat(options.maxBody()).isEqualTo(1024 * 1024);
    assertThat(options.maxClip()).isEqualTo(2L * 1024 * 1024 * 1024);
    assertThat(options.maxRetryAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.allowLoopback()).isFalse();
    assertThat(options.proxy()).isEmpty();
  }

  @Test
  void refusesPartsThatOutlastTheWhole() {
    assertThatThrownBy(() -> HttpOptions.builder().connectTimeout(MINUTE).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("connectTimeout: PT1M is longer than readDeadline PT30S");
    assertThatThrownBy(() -> HttpOptions.builder().responseTimeout(MINUTE).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpOptions.builder().leaseTimeout(MINUTE).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpOptions.builder().retryDelay(MINUTE).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpOptions.builder().createDeadline(Duration.ofSeconds(5)).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(HttpOptions.builder().retryDelay(MINUTE).readAttempts(1).build()).isNotNull();
  }

  @Test
  void refusesWhatIsNoFigure() {
    assertThatThrownBy(() -> HttpOptions.builder().connectTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("connectTimeout: PT0S is not positive");
    assertThatThrownBy(() -> HttpOptions.builder().maxBody(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBody: 0 is under 1");
    assertThatThrownBy(() -> HttpOptions.builder().maxClip(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void staysAsItWasWhenItsBuilderGoesOn() {
    HttpOptions.Builder builder = HttpOptions.builder();
    HttpOptions before = builder.build();
    builder.allowLoopback(true);
    assertThat(before.allowLoopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://proxy:1", "proxy:1", "http://user:pw@proxy:1", "/x"})
  void refusesProxiesItCantUse(String proxy) {
    assertThatThrownBy(() -> HttpOptions.builder().proxy(URI.create(proxy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("pw");
  }
}
