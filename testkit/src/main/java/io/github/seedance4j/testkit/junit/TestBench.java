package io.github.seedance4j.testkit.junit;

import io.github.seedance4j.service.VideoGenerationBuilder;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.VirtualTime;
import java.nio.file.Path;

/**
 * What one test has to itself, for whoever wires a client.
 *
 * @param hub the fake provider, on the clock of {@code time}
 * @param time what {@link #wire} puts a client on
 * @param directory for clips; it is there, and goes with the test
 */
public record TestBench(FakeTokenHub hub, VirtualTime time, Path directory) {

  /**
   * Puts a client on this bench's time. Both settings are needed: time jumps to whatever falls due
   * next, and would run away from work that is on another thread.
   */
  public VideoGenerationBuilder wire(VideoGenerationBuilder client) {
    return client.time(time).executor(Runnable::run);
  }
}
