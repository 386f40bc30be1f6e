package io.github.seedance4j.adapter.rest.events;

import java.time.Duration;

/**
 * What event streams go by.
 *
 * @param heartbeat how often a silent stream says that it is alive
 * @param look how often the journal is looked at, for what other gateways do
 * @param life when a stream ends, whatever its job does: its client comes back by itself
 */
public record StreamTimes(Duration heartbeat, Duration look, Duration life) {

  /** Well within what proxies wait; about as fast as a person sees; for a browser left open. */
  public static final StreamTimes USUAL =
      new StreamTimes(Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofHours(1));
}
