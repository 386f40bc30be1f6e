package io.github.seedance4j.testkit.junit;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.VirtualTime;
import java.nio.file.Path;

/**
 * What one test has to itself, for whoever wires a client.
 *
 * @param hub the fake provider, on the clock of {@code time}
 * @param time for the client: {@code time(bench.time()).executor(Runnable::run)}
 * @param directory for clips; it is there, and goes with the test
 */
public record TestBench(FakeTokenHub hub, VirtualTime time, Path directory) {}
