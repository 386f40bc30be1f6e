/** Crash points, without a crash. */
@NullMarked
package io.github.seedance4j.testkit.crash;

import org.jspecify.annotations.NullMarked;
