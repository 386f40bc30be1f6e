package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.service.InMemoryReplayStore;

class InMemoryReplayStoreTest implements ReplayStoreContract {

  @Override
  public ReplayStore emptyStore() {
    return new InMemoryReplayStore();
  }
}
