/**
 * Whole lives of services over one journal, drawn from a seed and lived on one thread in virtual
 * time: crashes, races, lapsed leases, faults of every port. Start at {@link
 * io.github.seedance4j.testkit.simulation.Simulation}. No thread, clock, file or randomness of the
 * machine may come in, nor the library's own prices into what it is judged by.
 */
@NullMarked
package io.github.seedance4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;
