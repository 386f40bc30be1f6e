package io.github.seedance4j.adapter.rest.server;

import java.util.concurrent.atomic.LongAdder;

/** The figures of a {@link Tally} while they grow. */
final class Counts {

  final LongAdder slowHeads = new LongAdder();
  final LongAdder slowBodies = new LongAdder();
  final LongAdder slowReaders = new LongAdder();
  final LongAdder idle = new LongAdder();
  final LongAdder evicted = new LongAdder();
  final LongAdder turnedAway = new LongAdder();
  final LongAdder busy = new LongAdder();

  Tally tally() {
    return new Tally(
        slowHeads.sum(),
        slowBodies.sum(),
        slowReaders.sum(),
        idle.sum(),
        evicted.sum(),
        turnedAway.sum(),
        busy.sum());
  }
}
