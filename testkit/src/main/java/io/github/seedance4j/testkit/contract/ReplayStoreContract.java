package io.github.seedance4j.testkit.contract;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link io.github.seedance4j.port.out.ReplayStore} keeps to, whatever it writes to:
 * rules R01 to R18. Implement it in a JUnit 5 test class; all its tests may run at once.
 *
 * <p>R17 and R18 are skipped for a store that no other process can see ({@link #another}). Each
 * rule is tested on stores that break it.
 */
@ExtendWith(RuleInMessages.class)
public interface ReplayStoreContract extends ReplayTurnRules, ReplayRaceRules {}
