package io.github.seedance4j.testkit.fault;

import java.time.Duration;

/**
 * Strikes the next connection, whatever was meant to go over it: no create is read, so none is
 * charged.
 */
public sealed interface ConnectionFault extends Fault {

  /**
   * Nobody listens: connections are refused for that long, by the real clock; those that are open
   * stay.
   */
  record RefusesConnections(Duration during) implements ConnectionFault {
    public RefusesConnections() {
      this(Duration.ofSeconds(5));
    }
  }

  /** The connection is accepted; nothing is read from it, and nothing is ever sent. */
  record HangsAfterAccept() implements ConnectionFault {}

  /** The connection is accepted and reset (RST) at once. */
  record ResetsAfterAccept() implements ConnectionFault {}
}
