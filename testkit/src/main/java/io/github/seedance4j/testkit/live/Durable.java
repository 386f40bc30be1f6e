package io.github.seedance4j.testkit.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts files where a crash can't halve them. */
final class Durable {

  private Durable() {}

  /**
   * Writes a file whole or not at all, under that name or the next free one ({@code -2}, {@code
   * -3}, …): people add to what earlier runs wrote.
   *
   * @return the name it got
   */
  static Path writeBeside(Path wanted, String text) throws IOException {
    Path directory = wanted.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path part = Files.createTempFile(directory, ".facts", ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      for (int number = 1; ; number++) {
        Path name = number == 1 ? wanted : numbered(wanted, number);
        try {
          Files.createLink(name, part); // unlike a move it never replaces
          directoryOf(name);
          return name;
        } catch (FileAlreadyExistsException e) {
          // the next one then
        }
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Makes a new name in a directory last. */
  static void directoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    } catch (IOException e) {
      if (!System.getProperty("os.name", "").startsWith("Windows")) {
        throw e; // where directories can't be opened they need not be
      }
    }
  }

  private static Path numbered(Path wanted, int number) {
    String name = wanted.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return wanted.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
  }
}
