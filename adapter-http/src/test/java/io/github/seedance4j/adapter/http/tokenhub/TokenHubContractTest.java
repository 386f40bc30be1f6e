package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.LogCapture;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.contract.Capability;
import io.github.seedance4j.testkit.contract.ContractSubject;
import io.github.seedance4j.testkit.contract.VideoFetcherContract;
import io.github.seedance4j.testkit.contract.VideoProviderContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** TokenHub over HTTP keeps to what every provider and fetcher keeps to. */
class TokenHubContractTest implements VideoProviderContract, VideoFetcherContract {

  private static final Duration SHORT = Duration.ofMillis(1_500);

  private static final HttpOptions PATIENT =
      HttpOptions.builder().allowLoopback(true).retryDelay(Duration.ofMillis(5)).build();

  private static final HttpOptions HURRIED =
      HttpOptions.builder()
          .allowLoopback(true)
          .connectTimeout(SHORT)
          .leaseTimeout(SHORT)
          .responseTimeout(SHORT)
          .createDeadline(SHORT)
          .readDeadline(SHORT)
          .downloadDeadline(SHORT)
          .build();

  @Override
  public ContractSubject<TokenHubProvider> subject() {
    FakeTokenHub hub = FakeTokenHub.start();
    return ContractSubject.on(hub, key -> provider(hub, key, PATIENT))
        .overRealWire()
        .givingUpAfter(SHORT, key -> provider(hub, key, HURRIED))
        .logging(LogCapture::text);
  }

  @Test
  void leavesNoRuleOut() throws Exception {
    try (ContractSubject<TokenHubProvider> subject = subject()) {
      assertThat(subject.capabilities()).containsExactlyInAnyOrder(Capability.values());
    }
  }

  private static TokenHubProvider provider(FakeTokenHub hub, String key, HttpOptions options) {
    return TokenHub.provider(ApiKey.of(key), hub.baseUrl(), options);
  }
}
