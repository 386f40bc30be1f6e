package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.VideoProvider;

/** The providers that the rules are tried on. */
interface ProviderSource {

  /**
   * A subject for one rule: with a fake of its own, or with the service itself. The rule closes it.
   */
  ContractSubject<? extends VideoProvider> subject();
}
