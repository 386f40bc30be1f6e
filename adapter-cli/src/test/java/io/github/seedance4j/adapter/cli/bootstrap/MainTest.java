package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void rewritesNoLineOnAConsoleOfWindowsThatDoesNotSayItCan() {
    assertThat(Main.isSteered("Windows 11", Map.of("PATH", "C:\\"))).isFalse();
    assertThat(Main.isSteered("Windows 11", Map.of("WT_SESSION", "4f-1"))).isTrue();
    assertThat(Main.isSteered("Windows 11", Map.of("TERM", "xterm"))).isTrue();
    assertThat(Main.isSteered("Linux", Map.of())).isTrue();
  }
}
