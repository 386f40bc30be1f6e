package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuietLogsTest {

  @Test
  void takesWhateverLibrariesLog() {
    System.Logger logger = System.getLogger("io.github.seedance4j");

    assertThat(logger.getClass().getEnclosingClass()).isEqualTo(QuietLogs.class);
    assertThat(logger.getName()).isEqualTo("io.github.seedance4j");
    for (System.Logger.Level level : System.Logger.Level.values()) {
      assertThat(logger.isLoggable(level)).as("%s", level).isFalse();
    }
  }

  @Test
  void saysWarningsToWhoeverLooksForAFault() throws Exception {
    System.Logger loud = new QuietLogs.Log("x", true);

    assertThat(loud.isLoggable(System.Logger.Level.WARNING)).isTrue();
    assertThat(loud.isLoggable(System.Logger.Level.INFO)).isFalse();
    assertThat(QuietLogs.text("it''s {0}", "late")).isEqualTo("it's late");
    assertThat(QuietLogs.text("no {0}")).isEqualTo("no {0}");
  }
}
