/**
 * Drafts at random, valid and broken, and properties held to many of them with a seed that is told
 * on failure. Start at {@link io.github.seedance4j.testkit.generate.Seeds}. No test framework is
 * needed here, and no rule of the library's: limits come from its catalogue, which is data.
 */
@NullMarked
package io.github.seedance4j.testkit.generate;

import org.jspecify.annotations.NullMarked;
