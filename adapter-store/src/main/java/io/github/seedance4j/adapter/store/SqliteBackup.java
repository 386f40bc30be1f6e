package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Copies a journal while it is in use: what it held at one moment, marked as a copy, whole under
 * its name or not there at all.
 */
final class SqliteBackup {

  private SqliteBackup() {}

  /**
   * @throws FileAlreadyExistsException if there is a file of that name
   */
  static void of(SqliteFile file, Path target, Instant now) throws SQLException, IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    if (!JournalFile.create(part)) {
      throw new IOException(part + " is there: another copy is being made, or was broken off");
    }
    try {
      copy(file, part);
      mark(part, now);
      sync(part);
      Files.move(part, target); // refuses what has come to be there meanwhile
      Path directory = target.getParent();
      if (directory != null) {
        JournalFile.syncDirectory(directory);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void copy(SqliteFile file, Path part) throws SQLException {
    try (Connection connection = file.open();
        PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, part.toString());
      statement.execute();
    }
  }

  private static void mark(Path part, Instant now) throws SQLException {
    try (Connection connection = SqliteFile.at(part, 0).open();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE journal SET backed_up_at = ?")) {
      statement.setLong(1, Columns.micros(now));
      statement.executeUpdate();
    }
  }

  private static void sync(Path part) throws IOException {
    try (RandomAccessFile copy = new RandomAccessFile(part.toFile(), "rw")) {
      copy.getFD().sync();
    }
  }
}
