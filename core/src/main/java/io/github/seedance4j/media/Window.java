package io.github.seedance4j.media;

import io.github.seedance4j.error.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Looks at a medium through blocks, of which it remembers the last, and no more of them than any
 * honest header needs: neither a file made of a million parts nor a slow server holds anybody up.
 */
final class Window {

  private static final int BLOCK = 64 * 1024;

  /** Four megabytes; an hour's moov has about one. */
  private static final int MOST_BLOCKS = 64;

  /** A film of an hour in fragments has some thousands; half a million empty ones take a while. */
  private static final int MOST_PARTS = 20_000;

  private final MediaBytes bytes;
  private byte[] block = new byte[0];
  private long start = -1;
  private int blocks;
  private int parts;

  Window(MediaBytes bytes) {
    this.bytes = bytes;
  }

  /** What is wrong with a header: it is for whoever gave the medium to give another. */
  static InvalidRequestException unreadable(String why) {
    return new InvalidRequestException(why, null);
  }

  long size() {
    return bytes.size();
  }

  /**
   * @throws InvalidRequestException if it lies behind the end
   */
  int unsigned(long at) throws IOException {
    long first = at - at % BLOCK;
    if (first != start) {
      if (at < 0 || at >= size()) {
        throw Window.unreadable("it ends before its header does");
      }
      if (++blocks > MOST_BLOCKS) {
        throw Window.unreadable("its header is scattered over too many places");
      }
      block = bytes.read(first, BLOCK);
      start = first;
    }
    int offset = (int) (at - start);
    if (offset >= block.length) {
      throw Window.unreadable("it ends before its header does");
    }
    return block[offset] & 0xFF;
  }

  /**
   * To be called for each part of a header that is stepped over, be it a byte of filling.
   *
   * @throws InvalidRequestException if it is one too many
   */
  void stepOver() {
    if (++parts > MOST_PARTS) {
      throw Window.unreadable("it is made of too many parts");
    }
  }

  /** Big-endian, as most formats are. */
  long big(long at, int length) throws IOException {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | unsigned(at + i);
    }
    return value;
  }

  long little(long at, int length) throws IOException {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | unsigned(at + i);
    }
    return value;
  }

  String ascii(long at, int length) throws IOException {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) unsigned(at + i);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whether that stands there; false where it ends before. */
  boolean has(long at, String text) throws IOException {
    return at >= 0 && at <= size() - text.length() && ascii(at, text.length()).equals(text);
  }
}
