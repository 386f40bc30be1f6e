package io.github.seedance4j.testkit.media;

import java.util.Arrays;

/** Bits, most significant first, with the descriptors of ITU-T H.264 clause 7.2. */
final class BitWriter {

  private byte[] bytes;
  private int size;
  private long pending;
  private int pendingBits;

  BitWriter(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  /** u(n): an unsigned number in {@code bits} bits, at most 32. */
  BitWriter u(int bits, int value) {
    pending = pending << bits | (value & ((1L << bits) - 1));
    pendingBits += bits;
    while (pendingBits >= 8) {
      pendingBits -= 8;
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, size * 2 + 16);
      }
      bytes[size++] = (byte) (pending >>> pendingBits);
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return u(1, value ? 1 : 0);
  }

  /** ue(v): unsigned Exp-Golomb, clause 9.1. */
  BitWriter ue(int value) {
    int length = 32 - Integer.numberOfLeadingZeros(value + 1);
    return u(length - 1, 0).u(length, value + 1);
  }

  /** se(v): signed Exp-Golomb, clause 9.1.1. */
  BitWriter se(int value) {
    return ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Zero bits up to the next byte. */
  BitWriter align() {
    return pendingBits == 0 ? this : u(8 - pendingBits, 0);
  }

  /** Everything written so far, the last byte filled with zero bits. */
  byte[] toByteArray() {
    align();
    return Arrays.copyOf(bytes, size);
  }
}
