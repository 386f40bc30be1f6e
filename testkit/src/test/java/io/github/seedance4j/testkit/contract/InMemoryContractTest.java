package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.InMemoryProvider;

/** The provider without HTTP keeps to what those with it keep to. */
class InMemoryContractTest implements VideoProviderContract, VideoFetcherContract {

  @Override
  public ContractSubject<InMemoryProvider> subject() {
    FakeTokenHub hub = FakeTokenHub.start();
    return ContractSubject.on(hub, hub::provider);
  }
}
