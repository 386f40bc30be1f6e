package io.github.seedance4j.testkit.contract;

/** The plain client without a flaw, so that it is the flaw that is caught when it has one. */
class PlainContractTest implements VideoProviderContract, VideoFetcherContract {

  @Override
  public ContractSubject<PlainProvider> subject() {
    return PlainSubject.with(null);
  }
}
