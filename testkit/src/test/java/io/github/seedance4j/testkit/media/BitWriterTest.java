package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BitWriterTest {

  @Test
  void writesMostSignificantBitsFirst() {
    assertThat(new BitWriter(0).u(3, 5).u(32, -1).flag(false).toByteArray())
        .containsExactly(0b10111111, 0xFF, 0xFF, 0xFF, 0b11100000);
  }

  @Test
  void writesExpGolombNumbers() {
    // table 9-2: 0 is 1, 1 is 010, 2 is 011, 3 is 00100, 8 is 0001001
    assertThat(new BitWriter(0).ue(0).ue(1).ue(2).ue(3).ue(8).align().toByteArray())
        .containsExactly(0b10100110, 0b01000001, 0b00100000);
    // table 9-3: 1 stands for code 1, -1 for 2, 2 for 3
    assertThat(new BitWriter(0).se(0).se(1).se(-1).se(2).toByteArray())
        .containsExactly(0b10100110, 0b01000000);
  }
}
