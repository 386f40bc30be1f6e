package io.github.seedance4j.adapter.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a file of the user's own from an address. */
final class LocalFile {

  private LocalFile() {}

  /** The file of that name, as {@code file:///…}, if there is one; else what was written. */
  static String address(Path base, String written) {
    String start = written.substring(0, Math.min(written.length(), 8)).toLowerCase(Locale.ROOT);
    boolean address =
        start.startsWith("http:") || start.startsWith("https:") || start.startsWith("data:");
    if (address || written.isBlank()) {
      return written;
    }
    try {
      Path file = base.resolve(written);
      return Files.exists(file) ? file.toAbsolutePath().normalize().toUri().toString() : written;
    } catch (InvalidPathException e) {
      return written;
    }
  }
}
