package io.github.seedance4j.adapter.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellTest {

  @Test
  void quotesWhatAShellWouldRead() {
    assertThat(Shell.quote("clips/cat-1.mp4")).isEqualTo("clips/cat-1.mp4");
    assertThat(Shell.quote("forêt.mp4")).isEqualTo("forêt.mp4");
    assertThat(Shell.quote("my cat.mp4")).isEqualTo("'my cat.mp4'");
    assertThat(Shell.quote("it's")).isEqualTo("'it'\\''s'");
    assertThat(Shell.quote("$HOME")).isEqualTo("'$HOME'");
    assertThat(Shell.quote("")).isEqualTo("''");
  }
}
