package io.github.seedance4j.media;

import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what a medium is from its first bytes, whatever its name says. Takes at most a few
 * megabytes of it into account, and never more than 64 KiB at a time into memory.
 */
public final class MediaHeader {

  private MediaHeader() {}

  /**
   * What that file is.
   *
   * @throws InvalidRequestException if it is none of the formats, or its header is torn
   * @throws IOException if it can't be read
   */
  public static MediaFacts read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw Window.unreadable("it is a directory");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) { // to read a pipe may take for ever
      throw Window.unreadable("it is a pipe or a device, and no file: save it as one first");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return read(MediaBytes.of(channel), String.valueOf(file.getFileName()));
    }
  }

  /** As {@link #read(Path)}, of whatever is behind it. */
  public static MediaFacts read(MediaBytes bytes) throws IOException {
    return read(bytes, "");
  }

  private static MediaFacts read(MediaBytes bytes, String name) throws IOException {
    Window window = new Window(bytes);
    if (window.size() == 0) {
      throw Window.unreadable("it is empty");
    }
    if (window.has(0, "\u0089PNG\r\n\u001a\n")) {
      return Pictures.png(window);
    }
    if (window.has(0, "\u00ff\u00d8\u00ff")) {
      return Pictures.jpeg(window);
    }
    if (window.has(0, "GIF87a") || window.has(0, "GIF89a")) {
      return Pictures.gif(window);
    }
    if (window.has(0, "RIFF") && window.has(8, "WEBP")) {
      return Pictures.webp(window);
    }
    if (window.has(0, "RIFF") && window.has(8, "WAVE")) {
      return Sounds.wav(window);
    }
    String other = OtherKinds.of(window, name);
    if (other != null) {
      throw Window.unreadable(other);
    }
    if (Films.begins(window)) {
      return Films.read(window, name);
    }
    if (Sounds.beginsMp3(window)) {
      return Sounds.mp3(window);
    }
    if (OtherKinds.isText(window)) {
      throw Window.unreadable(
          "it is a text file, and no picture, video or sound: is it the right one?");
    }
    throw Window.unreadable(
        "it is no JPEG, PNG, WebP, GIF, MP4, MOV, WAV or MP3 by its first bytes");
  }

  /** In lowest terms. */
  static ClipLength length(long ticks, long perSecond) {
    if (ticks <= 0 || perSecond <= 0) {
      throw Window.unreadable("it tells no length");
    }
    long common = BigInteger.valueOf(ticks).gcd(BigInteger.valueOf(perSecond)).longValueExact();
    return new ClipLength(ticks / common, perSecond / common);
  }
}
