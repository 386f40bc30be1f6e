package io.github.seedance4j.service;

import io.github.seedance4j.job.Clip;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Copies a clip so that it appears under its new name whole or not at all. */
final class ClipCopy {

  private ClipCopy() {}

  static Clip of(Clip clip, Path target) throws IOException {
    if (!Files.isRegularFile(clip.path())) {
      throw new NoSuchFileException(
          clip.path().toString(), null, "the clip was moved from there, by its store or by hand");
    }
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    // a name of its own: neither another copy nor a neighbour's file may be in the way
    Path part =
        Files.createTempFile(
            directory == null ? Path.of("") : directory, target.getFileName() + ".", ".copy");
    try {
      Files.copy(clip.path(), part, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      publish(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
    return new Clip(target, clip.bytes(), clip.sha256(), clip.length());
  }

  /** By a link, which fails if the name is taken, where a move may overwrite. */
  private static void publish(Path part, Path target) throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException noLinks) {
      Files.move(part, target);
    }
  }
}
