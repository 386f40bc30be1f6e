package io.github.seedance4j.adapter.rest.server;

import java.io.IOException;

/**
 * What a handler meets that reads an upload beyond its limit: to be answered with a 413. The
 * connection ends with the answer.
 */
public final class BodyTooLarge extends IOException {

  private static final long serialVersionUID = 1;

  /** The most that was allowed, in bytes. */
  private final long most;

  BodyTooLarge(long most) {
    super("the body has more than the " + most + " bytes that are taken here");
    this.most = most;
  }

  /** The most that was allowed, in bytes. */
  public long most() {
    return most;
  }
}
