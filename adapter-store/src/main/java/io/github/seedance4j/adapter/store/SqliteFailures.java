package io.github.seedance4j.adapter.store;

import io.github.seedance4j.error.RetryLaterException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean to people, and which of them pass by themselves. */
final class SqliteFailures {

  private static final int PRIMARY_CODE = 0xff;

  private SqliteFailures() {}

  /** Whether somebody else has the file at the moment. */
  static boolean isBusy(SQLException e) {
    int code = code(e);
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  static RuntimeException of(Path file, SQLException e) {
    String journal = "the journal " + file + " ";
    if (isBusy(e)) {
      return new RetryLaterException(
          journal + "is locked by another program; try again when that is done", null, e);
    }
    int code = code(e);
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
        && String.valueOf(e.getMessage()).contains(TaskTakenException.COLUMN)) {
      return new TaskTakenException(e);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return new RetryLaterException(
          journal + "can't grow: the disk is full; make room, then try again", null, e);
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
      return new IllegalStateException("the journal " + file + SqliteFile.READ_ONLY, e);
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new IllegalStateException(
          journal + "is damaged, or no journal: restore it from a backup", e);
    }
    if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return new IllegalStateException(
          journal + "can't be opened: look at the rights of the file and its directory", e);
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return new IllegalStateException(
          journal + "can't be read or written: its disk fails, or is no local one", e);
    }
    return new IllegalStateException(journal + "refuses: " + e.getMessage(), e);
  }

  private static int code(SQLException e) {
    return e.getErrorCode() & PRIMARY_CODE;
  }
}
