package io.github.seedance4j.testkit;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A task as the fake provider has it, whatever its client was told.
 *
 * @param status queued, running, succeeded or failed, or the word that a fault has it end in, at
 *     the moment of asking
 * @param cost what was charged for it up to now, less what was given back, in USD
 */
public record FakeTask(
    String id, String model, String prompt, String status, BigDecimal cost, Instant created) {}
