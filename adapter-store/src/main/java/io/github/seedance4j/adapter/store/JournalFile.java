package io.github.seedance4j.adapter.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that hold prompts and signed addresses: for their owner alone. Never opens a journal that
 * SQLite may have open: closing any descriptor of a file drops the process's locks on it.
 */
final class JournalFile {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?>[] FILE = rights("rw-------");
  private static final FileAttribute<?>[] DIRECTORY = rights("rwx------");

  private JournalFile() {}

  private static FileAttribute<?>[] rights(String rights) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes an empty file with mode 0600; false if there is one already, which stays as it is. */
  static boolean create(Path file) throws IOException {
    try {
      FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)
          .close();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Opens a file of locks, which is made with mode 0600. */
  static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE);
  }

  /** Makes a directory, and what is missing above it, with mode 0700. */
  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, DIRECTORY);
    }
  }

  /** Makes sure that a name that a directory got survives a power cut, where a system can. */
  static void syncDirectory(Path directory) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
