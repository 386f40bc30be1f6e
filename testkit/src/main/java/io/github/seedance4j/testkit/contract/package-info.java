/**
 * What every implementation of a driven port keeps to, as numbered rules: implement a contract in a
 * test class of your own. Start at {@link
 * io.github.seedance4j.testkit.contract.VideoProviderContract}; docs/contracts.md lists all rules.
 * JUnit and AssertJ are needed here and come in nowhere else by it; how a subject does its work
 * must not come in.
 */
@NullMarked
package io.github.seedance4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
