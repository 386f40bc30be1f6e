package badsample.testkit.ledger;

import badsample.testkit.contract.NeedsArchUnit;
import org.jspecify.annotations.Nullable;

/** A fake that does not start without a test library. */
class NeedsTests {
  @Nullable NeedsArchUnit rules;

  void check() {
    org.assertj.core.api.Assertions.assertThat(rules).isNotNull();
  }
}
