package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.AccessKeyStore;
import java.util.Optional;

/** The stores of keys that the rules are tried on. Who gives them closes them, after each rule. */
interface KeyStoreSource {

  /** A store of its own for each call, with nothing in it. */
  AccessKeyStore emptyStore();

  /**
   * A second store over the same records, open beside the first, as in another process.
   *
   * @return empty, which is the default, for a store that one process has to itself
   */
  default Optional<AccessKeyStore> another(AccessKeyStore store) {
    return Optional.empty();
  }

  /** How often each of eight threads tries where they race; fewer do for a slow disk. */
  default int turns() {
    return 200;
  }
}
