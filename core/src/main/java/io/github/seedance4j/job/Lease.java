package io.github.seedance4j.job;

import java.time.Duration;
import java.time.Instant;

/**
 * Says that somebody looks after jobs: until it runs out or is let go of, nobody else does.
 *
 * @param owner one running service, never two
 * @param now when it begins, by the owner's clock; the clocks of owners should agree within seconds
 * @param length how long it holds unless it is renewed; zero for a journal that one service has to
 *     itself
 */
public record Lease(String owner, Instant now, Duration length) {

  /** When it runs out. */
  public Instant until() {
    return now.plus(length);
  }
}
