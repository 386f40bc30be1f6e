package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.out.ClipStore;
import java.io.IOException;

/** Where clips go for good, idempotent by the job's id as it should be; its disk may refuse. */
final class SimulatedStore implements ClipStore {

  private final Instance caller;
  private final World world;
  private final PortCalls calls;

  SimulatedStore(Instance caller, PortCalls calls) {
    this.caller = caller;
    this.world = caller.world;
    this.calls = calls;
  }

  @Override
  public void store(Job job, Clip clip) throws IOException {
    calls.begin("store");
    refuse();
    world.note(caller + " stores " + clip.path() + " of " + job);
    world.judge.stored(job, clip);
    calls.end("store");
    refuse();
  }

  private void refuse() throws IOException {
    if (world.chance.of(world.weather().store() / 2)) {
      world.note(caller + " store refuses");
      throw new IOException("the store is full");
    }
  }
}
