package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The worked examples are I. Richardson's, "H.264 / MPEG-4 Part 10: CAVLC". */
class CavlcTest {

  @Test
  void writesRunsAndTrailingOnes() {
    assertThat(bits(false, 0, 3, 0, 1, -1, -1, 0, 1)).startsWith("000010001110010111101101");
  }

  @Test
  void writesGrowingLevels() {
    assertThat(bits(false, -2, 4, 3, -3, 0, 0, -1)).startsWith("000000011010001001000010111001100");
  }

  @Test
  void writesAnEmptyBlockInEitherContext() {
    assertThat(bits(false)).isEqualTo("10000000");
    assertThat(bits(true)).isEqualTo("00001100");
  }

  @Test
  void writesAPlainCountNextToRawMacroblocks() {
    // 000001: one coefficient, a trailing one; 0: positive; 1: no zeros before it
    assertThat(bits(true, 1)).isEqualTo("00000101");
  }

  @Test
  void escapesLevelsBeyondTheShortCodes() {
    // one coefficient of 16: code 2 * 16 - 2 - 2 = 28 is prefix 14 and 28 - 14 in four bits
    assertThat(bits(false, 16)).startsWith("000101" + "000000000000001" + "1110" + "1");
    // of -17: code 2 * 17 - 1 - 2 = 31 is prefix 15 and 31 - 30 in twelve bits
    assertThat(bits(false, -17)).startsWith("000101" + "0000000000000001" + "000000000001" + "1");
  }

  private static String bits(boolean besideRaw, int... firstLevels) {
    BitWriter out = new BitWriter(8);
    Cavlc.write(out, Arrays.copyOf(firstLevels, 16), besideRaw);
    StringBuilder bits = new StringBuilder();
    for (byte each : out.toByteArray()) {
      bits.append(Integer.toBinaryString(each & 0xFF | 0x100).substring(1));
    }
    return bits.toString();
  }
}
