/**
 * The fake provider in JUnit 5 tests: one of its own for each test, with a wired client. Start at
 * {@link io.github.seedance4j.testkit.junit.WithTokenHub}. Needs JUnit on the class path, which
 * nothing outside this package and the contracts may.
 */
@NullMarked
package io.github.seedance4j.testkit.junit;

import org.jspecify.annotations.NullMarked;
