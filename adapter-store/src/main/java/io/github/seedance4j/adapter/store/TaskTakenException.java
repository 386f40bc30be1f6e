package io.github.seedance4j.adapter.store;

import java.sql.SQLException;

/** Another job has the task: what the database's own index said, on its way to the caller. */
final class TaskTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The index's name in PostgreSQL. */
  static final String INDEX = "job_task";

  /** How SQLite names it: by a column. */
  static final String COLUMN = "job.task_id";

  TaskTakenException(SQLException cause) {
    super("another job has that task", cause);
  }
}
