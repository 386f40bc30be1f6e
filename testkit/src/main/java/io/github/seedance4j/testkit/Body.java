package io.github.seedance4j.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The bytes of an answer, made while they are sent: what is larger than a clip is never held in
 * memory. Written any number of times, always the same.
 */
interface Body {

  /** Not known before it is written; goes over the wire in chunks. */
  long UNKNOWN = -1;

  /** In bytes, or {@link #UNKNOWN}. */
  long length();

  void writeTo(OutputStream out) throws IOException;

  /** A stretch of an array, so that a range of a clip needs no copy. */
  final class Stretch implements Body {
    private final byte[] bytes;
    private final int from;
    private final int size;

    Stretch(byte[] bytes, int from, int size) {
      Objects.checkFromIndexSize(from, size, bytes.length);
      this.bytes = bytes;
      this.from = from;
      this.size = size;
    }

    @Override
    public long length() {
      return size;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes, from, size);
    }
  }

  static Body of(byte[] bytes) {
    return new Stretch(bytes, 0, bytes.length);
  }

  static Body of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
