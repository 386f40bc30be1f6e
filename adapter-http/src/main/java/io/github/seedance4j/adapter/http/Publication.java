package io.github.seedance4j.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Gives a whole, synced file its final name, so that after a crash it is either there or not, and
 * what had the name before is still there.
 */
final class Publication {

  private static final int BUFFER = 64 * 1024;
  private static final String MP4 = ".mp4";

  private Publication() {}

  /** The file of that name with something behind it. */
  static Path beside(Path file, String suffix) {
    Path name = file.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("target: " + file + " names no file");
    }
    return file.resolveSibling(name + suffix);
  }

  /** Where a file is kept that came whole and is still not known to be the clip. */
  static Path unverified(Path target) {
    String name = String.valueOf(target.getFileName());
    String stem = name.endsWith(MP4) ? name.substring(0, name.length() - MP4.length()) : name;
    return target.resolveSibling(stem + ".unverified" + MP4);
  }

  /** Returns the name it got, or the one under which the same bytes were already. */
  static Path publish(Path part, Path target, long size, String sha256) throws IOException {
    for (int number = 0; ; number++) {
      Path name = number == 0 ? target : numbered(target, number);
      try {
        claim(part, name);
        syncDirectory(name);
        return name;
      } catch (FileAlreadyExistsException e) {
        if (isSame(name, size, sha256)) {
          return name;
        }
      }
    }
  }

  private static Path numbered(Path target, int number) {
    String name = String.valueOf(target.getFileName());
    int dot = name.lastIndexOf('.');
    return target.resolveSibling(
        dot > 0
            ? name.substring(0, dot) + "-" + number + name.substring(dot)
            : name + "-" + number);
  }

  private static void claim(Path part, Path name) throws IOException {
    try {
      Files.createLink(name, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // no hard links on this file system: reserve the name, then move onto what we reserved
      Files.createFile(name);
      try {
        Files.move(part, name, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failed) {
        Files.delete(name);
        throw failed;
      }
    }
  }

  private static boolean isSame(Path name, long size, String sha256) throws IOException {
    if (!Files.isRegularFile(name) || Files.size(name) != size) {
      return false;
    }
    try (InputStream in = Files.newInputStream(name)) {
      MessageDigest digest = Sha256.begin();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return Sha256.hex(digest).equals(sha256);
    }
  }

  /** Makes the name durable, where the system lets a directory be synced. */
  private static void syncDirectory(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no directories; it journals names by itself
      return;
    }
  }
}
