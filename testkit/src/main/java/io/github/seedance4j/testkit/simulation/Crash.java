package io.github.seedance4j.testkit.simulation;

/** The process is dead. Thrown out of every call that it makes from then on. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash(String who) {
    super(who + " is dead", null, false, false);
  }
}
