package io.github.seedance4j.adapter.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.settings.TestSurroundings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An interrupt that comes just as a batch ends by itself. */
class BatchGoodbyeTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Talk talk =
      new Talk(
          TestSurroundings.in(Path.of("").toAbsolutePath(), Clock.systemUTC(), err, err), false);
  private final BatchRun run = mock(BatchRun.class);
  private final BatchSummary summary = mock(BatchSummary.class);
  private final BatchGoodbye goodbye =
      new BatchGoodbye(talk, mock(BatchTable.class), run, () -> {}, () -> summary);

  private int finish() {
    return goodbye.finish(
        () -> {
          talk.say("the summary");
          return 6;
        });
  }

  @Test
  void saysNothingWhileTheRunSaysHowItEnded() throws InterruptedException {
    Thread interrupt = new Thread(goodbye);

    int exit =
        goodbye.finish(
            () -> {
              interrupt.start();
              while (interrupt.getState() != Thread.State.BLOCKED
                  && interrupt.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
              }
              talk.say("the summary");
              return 6;
            });
    interrupt.join();

    assertThat(exit).isEqualTo(6);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("the summary\n");
    verifyNoInteractions(run);
  }

  @Test
  void speaksAloneOnceItHasBegun() {
    when(summary.troubles()).thenReturn(List.of("not run"));

    goodbye.run();
    int exit = finish();

    assertThat(exit).isEqualTo(6);
    verify(run).stop(BatchRun.Stop.INTERRUPTED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("Stopping: ")
        .contains("  not run")
        .doesNotContain("the summary");
  }
}
