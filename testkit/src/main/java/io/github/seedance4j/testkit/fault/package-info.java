/**
 * The ways in which the fake provider misbehaves, as values: what strikes a connection, a create, a
 * task, a file. Start at {@link io.github.seedance4j.testkit.fault.Fault}; docs/faults.md is the
 * table of all. How they are played is the fake's business, and must not come in.
 */
@NullMarked
package io.github.seedance4j.testkit.fault;

import org.jspecify.annotations.NullMarked;
