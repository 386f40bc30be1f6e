package io.github.seedance4j.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

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
  static Path publish(Disk disk, Path part, Path target, long size, String sha256)
      throws IOException {
    for (int number = 0; ; number++) {
      Path name = number == 0 ? target : numbered(target, number);
      try {
        claim(disk, part, name);
      } catch (FileAlreadyExistsException e) {
        if (!isSame(name, size, sha256)) {
          continue;
        }
      }
      syncDirectory(disk, name); // also what was there: its name may have come just before a crash
      return name;
    }
  }

  /**
   * Whether a part has a name besides its own: it was published, and the process died before it
   * tidied up. Whoever writes to such a part writes to the clip.
   */
  static boolean isPublished(Path part, Path target) throws IOException {
    if (part.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return ((Number) Files.getAttribute(part, "unix:nlink", LinkOption.NOFOLLOW_LINKS)).intValue()
          > 1;
    }
    for (Path base : List.of(target, unverified(target))) {
      Path name = base;
      for (int number = 1; Files.exists(name, LinkOption.NOFOLLOW_LINKS); number++) {
        if (Files.isSameFile(part, name)) {
          return true;
        }
        name = numbered(base, number);
      }
    }
    return false;
  }

  private static Path numbered(Path target, int number) {
    String name = String.valueOf(target.getFileName());
    int dot = name.lastIndexOf('.');
    return target.resolveSibling(
        dot > 0
            ? name.substring(0, dot) + "-" + number + name.substring(dot)
            : name + "-" + number);
  }

  private static void claim(Disk disk, Path part, Path name) throws IOException {
    try {
      disk.link(name, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // no hard links on this file system. Not reserved first: an empty file would have the name
      if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(name.toString());
      }
      disk.move(part, name);
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
  private static void syncDirectory(Disk disk, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    try {
      disk.syncDirectory(directory);
    } catch (IOException e) {
      // some network file systems say so; there is nothing more to be had there
      if (!String.valueOf(e.getMessage()).contains("Invalid argument")) {
        throw e;
      }
    }
  }
}
