package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.JobEvent;
import java.util.function.Consumer;

/** Somebody's listener: it counts as told what it returned from. */
final class SimulatedListener implements Consumer<JobEvent> {

  private final Instance caller;
  private final World world;
  private final PortCalls calls;

  SimulatedListener(Instance caller, PortCalls calls) {
    this.caller = caller;
    this.world = caller.world;
    this.calls = calls;
  }

  @Override
  public void accept(JobEvent event) {
    calls.begin("listen");
    if (world.chance.of(world.weather().listener())) {
      world.note(caller + " listener fails at " + event.id());
      throw new Trouble("a listener's own");
    }
    if (event.download() == null) {
      world.note(caller + " hears " + event.id() + " " + event.state());
      world.judge.heard(event);
    }
    calls.end("listen");
  }
}
