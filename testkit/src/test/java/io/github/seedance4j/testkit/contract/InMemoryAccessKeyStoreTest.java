package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.service.InMemoryAccessKeyStore;

class InMemoryAccessKeyStoreTest implements AccessKeyStoreContract {

  @Override
  public AccessKeyStore emptyStore() {
    return new InMemoryAccessKeyStore();
  }
}
