package com.example.own;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.contract.CapturedLog;
import io.github.seedance4j.testkit.contract.ContractSubject;
import io.github.seedance4j.testkit.contract.VideoProviderContract;
import java.time.Duration;

class OwnProviderContractTest implements VideoProviderContract {

  private static final CapturedLog LOG = CapturedLog.of("com.example.own");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(1_500);

  @Override
  public ContractSubject<OwnProvider> subject() {
    FakeTokenHub hub = FakeTokenHub.start(); // a new one each time: the rule closes it
    return ContractSubject.on(hub, key -> new OwnProvider(key, hub.baseUrl(), LONG))
        .overRealWire()
        .givingUpAfter(SHORT, key -> new OwnProvider(key, hub.baseUrl(), SHORT))
        .logging(LOG::text);
  }
}
