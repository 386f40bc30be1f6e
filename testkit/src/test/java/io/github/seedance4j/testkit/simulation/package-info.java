/** Holds the service to the simulation, and the simulation to bugs that are planted. */
@NullMarked
package io.github.seedance4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;
