package badsample.elsewhere.driving.bootstrap;

/** Nothing is wrong with it: somebody has to know all. */
class Wires {
  io.github.seedance4j.port.out.@org.jspecify.annotations.Nullable JobJournal journal;
}
