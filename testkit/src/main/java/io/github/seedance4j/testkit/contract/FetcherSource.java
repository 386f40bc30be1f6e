package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.VideoFetcher;

/** The fetchers that the rules are tried on. */
interface FetcherSource {

  /**
   * A subject for one rule, with a fake of its own. It may call this very machine, where the fake
   * is, but no private address besides. The rule closes it, and the fetcher if it can be closed.
   */
  ContractSubject<? extends VideoFetcher> subject();
}
