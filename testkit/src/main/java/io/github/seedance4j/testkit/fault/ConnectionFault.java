package io.github.seedance4j.testkit.fault;

import java.time.Duration;

/**
 * Strikes the next connection, whatever was meant to go over it: no create is read, so none is
 * charged. {@code FakeTokenHub.nextConnection} takes it.
 */
public sealed interface ConnectionFault extends Fault {

  /**
   * Nobody listens: connections are refused (ECONNREFUSED) for that long, by the real clock, from
   * the moment it is scripted; those that are open go on. Then the same port is listened on again.
   */
  record RefusesConnections(Duration during) implements ConnectionFault {
    public RefusesConnections {
      if (during.isNegative()) {
        throw new IllegalArgumentException("during: 0 or more, not " + during.toMillis() / 1000.0);
      }
    }

    public RefusesConnections() {
      this(Duration.ofSeconds(5));
    }
  }

  /**
   * The connection is accepted; nothing is read from it, and nothing is ever sent. It ends with the
   * fake, or when the client has enough.
   */
  record HangsAfterAccept() implements ConnectionFault {}

  /** The connection is accepted and reset (RST) at once. */
  record ResetsAfterAccept() implements ConnectionFault {}
}
