/**
 * What every implementation of a driven port keeps to, as numbered rules: implement a contract in a
 * test class of your own. JUnit and AssertJ are needed here and come in nowhere else by it.
 */
@NullMarked
package io.github.seedance4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
