/**
 * The library's layering as ArchUnit rules, for its own modules and for whoever writes an adapter.
 * Start at {@link io.github.seedance4j.testkit.architecture.HexagonRules}. ArchUnit is needed here
 * and nowhere else in the testkit.
 */
@NullMarked
package io.github.seedance4j.testkit.architecture;

import org.jspecify.annotations.NullMarked;
