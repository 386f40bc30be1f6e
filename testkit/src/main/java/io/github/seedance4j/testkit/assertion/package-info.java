/**
 * Sentences about money: what the fake provider charged, held against the jobs of a client. Start
 * at {@link io.github.seedance4j.testkit.assertion.LedgerAssertions}. For tests, with AssertJ; the
 * fake itself must not need this.
 */
@NullMarked
package io.github.seedance4j.testkit.assertion;

import org.jspecify.annotations.NullMarked;
