/**
 * What the fake provider charged: an append-only record that judges its clients, in memory and as
 * JSON lines. Start at {@link io.github.seedance4j.testkit.ledger.Ledger}. Nothing about tasks or
 * HTTP may come in.
 */
@NullMarked
package io.github.seedance4j.testkit.ledger;

import org.jspecify.annotations.NullMarked;
