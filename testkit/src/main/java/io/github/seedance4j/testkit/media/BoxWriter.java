package io.github.seedance4j.testkit.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Big-endian numbers in nested boxes, ISO/IEC 14496-12 clause 4.2. */
final class BoxWriter {

  private byte[] bytes = new byte[4096];
  private int size;

  /** A box: its size, its four-letter type, then what {@code content} writes. */
  BoxWriter box(String type, Runnable content) {
    int start = size;
    u32(0).ascii(type);
    content.run();
    int end = size;
    size = start;
    u32(end - start);
    size = end;
    return this;
  }

  /** A full box: a version of 0 and the flags come before the content. */
  BoxWriter fullBox(String type, int flags, Runnable content) {
    return box(
        type,
        () -> {
          u32(flags);
          content.run();
        });
  }

  /** An MPEG-4 descriptor of fewer than 128 bytes, ISO/IEC 14496-1 clause 8.3.3. */
  BoxWriter descriptor(int tag, Runnable content) {
    int start = size;
    u8(tag).u8(0);
    content.run();
    bytes[start + 1] = (byte) (size - start - 2);
    return this;
  }

  BoxWriter u8(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
    return this;
  }

  BoxWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  BoxWriter u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  BoxWriter zeros(int count) {
    for (int i = 0; i < count; i++) {
      u8(0);
    }
    return this;
  }

  BoxWriter ascii(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  BoxWriter raw(byte[] data) {
    if (bytes.length - size < data.length) {
      bytes = Arrays.copyOf(bytes, size * 2 + data.length);
    }
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
    return this;
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
