package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.VideoFetcher;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link VideoFetcher} keeps to: rules F01 to F28. Implement it in a JUnit 5 test class;
 * all its tests may run at once, each in a directory of its own.
 *
 * <pre>{@code
 * class ClipDownloadsContractTest implements VideoFetcherContract {
 *   @Override public ContractSubject<? extends VideoFetcher> subject() {
 *     HttpOptions sandbox = HttpOptions.builder().allowLoopback(true).build();
 *     return ContractSubject.on(FakeTokenHub.start(), key -> ClipDownloads.open(sandbox)).overRealWire();
 *   }
 * }
 * }</pre>
 *
 * <p>A rule that needs a {@link Capability} which the subject lacks is skipped, with the reason.
 * Each rule is tested on fetchers that break it.
 */
@ExtendWith(RuleInMessages.class)
public interface VideoFetcherContract
    extends FetcherFileRules, FetcherTroubleRules, FetcherLinkRules {}
