package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.VideoProvider;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link VideoProvider} keeps to, whatever it speaks: rules P01 to P60. Implement it in
 * a JUnit 5 test class; all its tests may run at once.
 *
 * <pre>{@code
 * class TokenHubContractTest implements VideoProviderContract {
 *   @Override public ContractSubject<? extends VideoProvider> subject() {
 *     FakeTokenHub hub = FakeTokenHub.start();
 *     return ContractSubject.on(hub, key -> TokenHub.provider(ApiKey.of(key), hub.baseUrl(), options))
 *         .overRealWire();
 *   }
 * }
 * }</pre>
 *
 * <p>A rule that needs a {@link Capability} which the subject lacks is skipped, with the reason.
 * None sends a create to a service that is no fake. Each rule is tested on providers that break it.
 */
@ExtendWith(RuleInMessages.class)
public interface VideoProviderContract
    extends ProviderPreparingRules,
        ProviderSendingRules,
        ProviderAnswerRules,
        ProviderRefusalRules,
        ProviderTaskRules,
        ProviderTroubleRules,
        ProviderSecretRules {}
