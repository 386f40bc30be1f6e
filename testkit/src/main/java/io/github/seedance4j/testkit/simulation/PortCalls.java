package io.github.seedance4j.testkit.simulation;

/**
 * How a process calls a port: it may crash there, the port may fail, others may act meanwhile; each
 * before or after the call took effect.
 */
final class PortCalls {

  private final Instance caller;
  private final World world;

  PortCalls(Instance caller) {
    this.caller = caller;
    this.world = caller.world;
  }

  /** What a call does, in one atomic step. */
  interface Effect<T> {
    T happen();
  }

  /**
   * @param failing how likely the port is to fail
   */
  <T> T call(String what, double failing, Effect<T> effect) {
    begin(what);
    fail(what + " fails", failing / 2);
    T result = effect.happen();
    end(what);
    fail(what + " fails after all", failing / 2);
    return result;
  }

  /** Before it takes effect. */
  void begin(String what) {
    caller.requireAlive();
    world.step();
    mayCrash("before ", what);
    world.meanwhile();
    caller.requireAlive();
  }

  /** Since it took effect. */
  void end(String what) {
    mayCrash("after ", what);
    world.meanwhile();
    caller.requireAlive();
  }

  private void fail(String what, double failing) {
    if (world.chance.of(failing)) {
      world.note(caller + " " + what);
      caller.fault();
      throw new Trouble(what);
    }
  }

  private void mayCrash(String when, String what) {
    if (world.chance.of(world.weather().crash())) {
      world.note(caller + " " + when + what);
      caller.crash();
      throw new Crash(caller.name);
    }
  }
}
