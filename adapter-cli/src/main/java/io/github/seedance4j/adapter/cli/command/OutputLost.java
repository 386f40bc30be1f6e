package io.github.seedance4j.adapter.cli.command;

/** Nobody takes the result any more: standard output is closed, or its disk is full. */
public final class OutputLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutputLost() {
    super("can't write to standard output");
  }
}
