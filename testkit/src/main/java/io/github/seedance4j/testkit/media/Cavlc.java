package io.github.seedance4j.testkit.media;

import java.util.Arrays;

/**
 * Writes a block of 16 transform coefficient levels by context-adaptive variable length codes,
 * ITU-T H.264 clause 9.2, for the two contexts that {@link H264Stream} meets.
 */
final class Cavlc {

  /** Table 9-5, column 0 <= nC < 2: by TotalCoeff, then by TrailingOnes. */
  private static final int[][] COEFF_TOKEN = {
    codes("1"),
    codes("000101 01"),
    codes("00000111 000100 001"),
    codes("000000111 00000110 0000101 00011"),
    codes("0000000111 000000110 00000101 000011"),
    codes("00000000111 0000000110 000000101 0000100"),
    codes("0000000001111 00000000110 0000000101 00000100"),
    codes("0000000001011 0000000001110 00000000101 000000100"),
    codes("0000000001000 0000000001010 0000000001101 0000000100"),
    codes("00000000001111 00000000001110 0000000001001 00000000100"),
    codes("00000000001011 00000000001010 00000000001101 0000000001100"),
    codes("000000000001111 000000000001110 00000000001001 00000000001100"),
    codes("000000000001011 000000000001010 000000000001101 00000000001000"),
    codes("0000000000001111 000000000000001 000000000001001 000000000001100"),
    codes("0000000000001011 0000000000001110 0000000000001101 000000000001000"),
    codes("0000000000000111 0000000000001010 0000000000001001 0000000000001100"),
    codes("0000000000000100 0000000000000110 0000000000000101 0000000000001000"),
  };

  /** Tables 9-7 and 9-8: by TotalCoeff (from 1), then by total_zeros. */
  private static final int[][] TOTAL_ZEROS = {
    codes(
        "1 011 010 0011 0010 00011 00010 000011 000010 0000011 0000010 00000011 00000010 "
            + "000000011 000000010 000000001"),
    codes("111 110 101 100 011 0101 0100 0011 0010 00011 00010 000011 000010 000001 000000"),
    codes("0101 111 110 101 0100 0011 100 011 0010 00011 00010 000001 00001 000000"),
    codes("00011 111 0101 0100 110 101 100 0011 011 0010 00010 00001 00000"),
    codes("0101 0100 0011 111 110 101 100 011 0010 00001 0001 00000"),
    codes("000001 00001 111 110 101 100 011 010 0001 001 000000"),
    codes("000001 00001 101 100 011 11 010 0001 001 000000"),
    codes("000001 0001 00001 011 11 10 010 001 000000"),
    codes("000001 000000 0001 11 10 001 01 00001"),
    codes("00001 00000 001 11 10 01 0001"),
    codes("0000 0001 001 010 1 011"),
    codes("0000 0001 01 1 001"),
    codes("000 001 1 01"),
    codes("00 01 1"),
    codes("0 1"),
  };

  /** Table 9-10: by zerosLeft (from 1, the last for all above 6), then by run_before. */
  private static final int[][] RUN_BEFORE = {
    codes("1 0"),
    codes("1 01 00"),
    codes("11 10 01 00"),
    codes("11 10 01 001 000"),
    codes("11 10 011 010 001 000"),
    codes("11 000 001 011 010 101 100"),
    codes(
        "111 110 101 100 011 010 001 0001 00001 000001 0000001 00000001 000000001 "
            + "0000000001 00000000001"),
  };

  private Cavlc() {}

  /**
   * Writes one block.
   *
   * @param levels the levels in scanning order
   * @param fixedLengthToken whether nC is 8 or more, where coeff_token is a plain number, rather
   *     than 0 or 1
   */
  static void write(BitWriter out, int[] levels, boolean fixedLengthToken) {
    int[] values = new int[levels.length];
    int[] runs = new int[levels.length]; // zeros before each value
    int total = 0;
    int zeros = 0;
    for (int level : levels) {
      if (level == 0) {
        runs[total]++;
      } else {
        zeros += runs[total];
        values[total++] = level;
      }
    }
    int ones = 0;
    while (ones < Math.min(3, total) && Math.abs(values[total - 1 - ones]) == 1) {
      ones++;
    }
    if (fixedLengthToken) {
      out.u(6, total == 0 ? 3 : (total - 1) << 2 | ones);
    } else {
      put(out, COEFF_TOKEN[total][ones]);
    }
    if (total == 0) {
      return;
    }
    writeLevels(out, values, total, ones);
    if (total < levels.length) {
      put(out, TOTAL_ZEROS[total - 1][zeros]);
    }
    for (int i = total - 1; i > 0 && zeros > 0; i--) {
      put(out, RUN_BEFORE[Math.min(zeros, RUN_BEFORE.length) - 1][runs[i]]);
      zeros -= runs[i];
    }
  }

  /** Clause 9.2.2: from the highest frequency down, first the trailing ones' signs. */
  private static void writeLevels(BitWriter out, int[] values, int total, int ones) {
    for (int i = 0; i < ones; i++) {
      out.flag(values[total - 1 - i] < 0);
    }
    int suffixLength = total > 10 && ones < 3 ? 1 : 0;
    for (int i = total - 1 - ones; i >= 0; i--) {
      int level = values[i];
      int code = level > 0 ? 2 * level - 2 : -2 * level - 1;
      if (i == total - 1 - ones && ones < 3) {
        code -= 2; // it can't be another one
      }
      if (suffixLength == 0 && code < 14) {
        prefix(out, code);
      } else if (suffixLength == 0 && code < 30) {
        prefix(out, 14).u(4, code - 14);
      } else if (suffixLength > 0 && code < 15 << suffixLength) {
        prefix(out, code >> suffixLength).u(suffixLength, code);
      } else {
        prefix(out, 15).u(12, code - (suffixLength == 0 ? 30 : 15 << suffixLength));
      }
      suffixLength = Math.max(suffixLength, 1);
      if (Math.abs(level) > 3 << (suffixLength - 1) && suffixLength < 6) {
        suffixLength++;
      }
    }
  }

  private static BitWriter prefix(BitWriter out, int zeros) {
    return out.u(zeros, 0).u(1, 1);
  }

  private static void put(BitWriter out, int code) {
    out.u(code >>> 16, code & 0xFFFF);
  }

  /** Codes as the standard prints them; each becomes length and bits in one int. */
  private static int[] codes(String row) {
    return Arrays.stream(row.split(" "))
        .mapToInt(code -> code.length() << 16 | Integer.parseInt(code, 2))
        .toArray();
  }
}
