/**
 * How fast the fake serves, beside WireMock. Start at {@link
 * io.github.seedance4j.testkit.bench.Throughput}; {@code docs/throughput.sh} runs it. No test may
 * depend on it: its figures are those of one machine at one time.
 */
@NullMarked
package io.github.seedance4j.testkit.bench;

import org.jspecify.annotations.NullMarked;
