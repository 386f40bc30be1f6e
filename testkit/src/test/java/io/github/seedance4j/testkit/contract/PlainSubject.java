package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The plain client as a subject of both contracts, with all capabilities. */
final class PlainSubject {

  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(1_500);

  private PlainSubject() {}

  static ContractSubject<PlainProvider> with(@Nullable Flaw flaw) {
    FakeTokenHub hub = FakeTokenHub.start();
    StringBuffer log = new StringBuffer();
    return ContractSubject.on(hub, key -> new PlainProvider(key, hub.baseUrl(), PATIENT, flaw, log))
        .overRealWire()
        .givingUpAfter(SHORT, key -> new PlainProvider(key, hub.baseUrl(), SHORT, flaw, log))
        .logging(log::toString);
  }
}
