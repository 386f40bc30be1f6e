package io.github.seedance4j.adapter.rest.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is open for reading, and so stays what it was whatever happens to its name.
 *
 * @param size in bytes, when it was opened
 */
public record OpenFile(FileChannel channel, long size) implements AutoCloseable {

  /**
   * Opens a file that really lies in that directory.
   *
   * @return empty if there is none, or a link leads out of the directory, or it is no plain file
   */
  public static Optional<OpenFile> within(Path directory, Path file) {
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(directory.toRealPath())
          || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new OpenFile(channel, channel.size()));
    } catch (IOException e) {
      return Optional.empty(); // gone, or not ours to read: the same to whoever asks for it
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // it was only read
    }
  }
}
