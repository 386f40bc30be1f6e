/**
 * Kills a process at a chosen moment of its work, to see what the next one makes of it. Start at
 * {@link io.github.seedance4j.testkit.crash.CrashPoints}, which goes between a service and its
 * ports. What judges the outcome lives in {@code assertion}.
 */
@NullMarked
package io.github.seedance4j.testkit.crash;

import org.jspecify.annotations.NullMarked;
