package io.github.seedance4j.adapter.cli;

/** What the command says by its exit code; scripts rely on them. */
final class ExitCode {

  static final int DONE = 0;
  static final int UNEXPECTED = 1;
  static final int USAGE = 2;
  static final int INVALID_REQUEST = 3;
  static final int REFUSED = 4;
  static final int TASK_FAILED = 5;
  static final int TIMED_OUT = 6;
  static final int OUTCOME_UNKNOWN = 7;
  static final int OVER_COST = 8;

  static final int NOT_FETCHED = 9;

  private ExitCode() {}
}
