package io.github.seedance4j.adapter.rest.server;

/**
 * What stands behind {@code /health} or {@code /ready}. It is asked on the threads that all
 * connections share, so that it answers when everything else is busy; it must therefore tell what
 * is known already and never block.
 */
@FunctionalInterface
public interface Probe {

  /** How things stand now. */
  Answer look();

  /**
   * What a probe tells.
   *
   * @param well 200 if so, else 503
   * @param contentType what the body is
   * @param body the body, sent as UTF-8
   */
  record Answer(boolean well, String contentType, String body) {}
}
