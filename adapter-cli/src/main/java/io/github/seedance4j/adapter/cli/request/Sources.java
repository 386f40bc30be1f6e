package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what flags point to: a file, or standard input for {@code -}. */
public final class Sources {

  public static final String STANDARD_INPUT = "-";

  private Sources() {}

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException naming the flag, if there is nothing to read
   */
  public static InputStream open(Surroundings around, String flag, String source) {
    if (source.equals(STANDARD_INPUT)) {
      return around.in();
    }
    try {
      Path file = around.directory().resolve(source);
      if (Files.isDirectory(file)) {
        throw new IllegalArgumentException(flag + ": " + source + " is a directory, not a file");
      }
      return Files.newInputStream(file);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          flag + ": can't read " + source + "; is the name right?", e);
    }
  }

  /** Where the files that it names are looked for: beside it. */
  public static Path folder(Surroundings around, String source) {
    Path parent = source.equals(STANDARD_INPUT) ? null : Path.of(source).getParent();
    return parent == null ? around.directory() : around.directory().resolve(parent);
  }

  /** All of it, up to what a request may be long. */
  public static byte[] bytes(Surroundings around, String flag, String source) {
    try (InputStream in = open(around, flag, source)) {
      byte[] bytes = in.readNBytes(Json.LONGEST + 1);
      if (bytes.length > Json.LONGEST) {
        throw new IllegalArgumentException(
            flag + ": " + source + " is longer than " + (Json.LONGEST >> 20) + " MB");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalArgumentException(flag + ": can't read " + source, e);
    }
  }

  /** Standard input as text. */
  static String text(Surroundings around, String what) {
    byte[] bytes = bytes(around, what, STANDARD_INPUT);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + ": standard input is not UTF-8", e);
    }
  }
}
