package io.github.seedance4j.adapter.cli.text;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a stream as bytes, one at a time; of a line longer than allowed nothing is kept. Not
 * thread-safe.
 */
public final class Lines {

  private final InputStream in;
  private final int longest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;

  public Lines(InputStream in, int longest) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.longest = longest;
  }

  /** Goes to the next line; false at the end. What comes after the last line's end is no line. */
  public boolean next() throws IOException {
    line.reset();
    tooLong = false;
    int b = in.read();
    if (b < 0) {
      return false;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() < longest) {
        line.write(b);
      } else {
        tooLong = true;
      }
    }
    return true;
  }

  /** Whether the next line is still being written by somebody. */
  public boolean wouldWait() throws IOException {
    return in.available() == 0;
  }

  public byte[] bytes() {
    return line.toByteArray();
  }

  public boolean isTooLong() {
    return tooLong;
  }

  public boolean isBlank() {
    return line.size() < 1_024 && line.toString(StandardCharsets.UTF_8).isBlank();
  }
}
