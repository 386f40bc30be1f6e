/**
 * Processes that are halted, stopped and started again on one journal, with a fake provider's
 * ledger for a judge. Start at {@code CrashPointsTest}; what the processes do is in {@code Story}
 * and {@code Worker}.
 */
@NullMarked
package io.github.seedance4j.adapter.store.crash;

import org.jspecify.annotations.NullMarked;
