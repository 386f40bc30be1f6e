package io.github.seedance4j.adapter.cli.command;

/** What the command says by its exit code; scripts rely on them. */
public final class ExitCode {

  public static final int DONE = 0;
  public static final int UNEXPECTED = 1;
  public static final int USAGE = 2;
  public static final int INVALID_REQUEST = 3;
  public static final int REFUSED = 4;
  public static final int TASK_FAILED = 5;
  public static final int TIMED_OUT = 6;
  public static final int OUTCOME_UNKNOWN = 7;
  public static final int OVER_COST = 8;

  public static final int NOT_FETCHED = 9;

  private ExitCode() {}
}
