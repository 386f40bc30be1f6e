package io.github.seedance4j.testkit;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A task as the fake provider has it, whatever its client was told.
 *
 * @param status queued, running, succeeded or failed, at the moment of asking
 * @param cost what was charged for it, in USD
 */
public record FakeTask(
    String id, String model, String prompt, String status, BigDecimal cost, Instant created) {}
