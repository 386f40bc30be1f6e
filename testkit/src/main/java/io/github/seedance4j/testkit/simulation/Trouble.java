package io.github.seedance4j.testkit.simulation;

/** What a port throws that fails by itself: a journal whose disk is full, a listener of a user. */
final class Trouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Trouble(String what) {
    super(what, null, false, false);
  }
}
