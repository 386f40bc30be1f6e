package io.github.seedance4j.adapter.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.seedance4j.adapter.cli.Cli;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.settings.TestSurroundings;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a clip when something comes between. */
class FollowingTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final TaskId TASK = new TaskId("task-1");
  private static final Job NOT_SENT =
      Job.intended(
              new JobId("job-abcdefgh"),
              new ProviderAccount("TokenHub", "https://tokenhub.store/api/v1", "f"),
              GenerationDraft.builder().build(),
              NOW)
          .state(JobState.NOT_SENT, NOW)
          .done();
  private static final Job RUNNING =
      NOT_SENT.change().state(JobState.RUNNING, NOW).taskId(TASK).done();

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final VideoGeneration videos = mock(VideoGeneration.class);

  private Progress progress;

  @BeforeEach
  void listens() {
    progress = new Progress(new Talk(around(), false), Clock.systemUTC());
  }

  private int waitForTask(String... more) {
    Workshop workshop = mock(Workshop.class);
    Workshop.Bench bench =
        new Workshop.Bench() {
          @Override
          public VideoGeneration videos() {
            return videos;
          }

          @Override
          public ProviderAccount account() {
            return NOT_SENT.account();
          }

          @Override
          public void close() {}
        };
    when(workshop.open(any())).thenReturn(bench);
    when(workshop.look(any(), anyBoolean())).thenReturn(bench);
    String[] args = new String[more.length + 2];
    args[0] = "wait";
    args[1] = "task-1";
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.run(args, around(), workshop);
  }

  private Surroundings around() {
    return TestSurroundings.in(
        directory, Clock.systemUTC(), out, err, Map.of("TOKENHUB_API_KEY", "th-x"));
  }

  @Test
  void keepsWaitingWhileTheProviderCannotBeReached() {
    Clip clip = new Clip(directory.resolve("c.mp4"), 1_234_567, "00", new ClipLength(121, 24));
    when(videos.task(TASK)).thenReturn(new VideoTask(TASK, new TaskState.Running(), null, null));
    when(videos.adopt(TASK)).thenReturn(RUNNING);
    when(videos.await(any(), any()))
        .thenThrow(new RetryLaterException("no answer", null, null))
        .thenThrow(new RetryLaterException("no answer", null, null))
        .thenReturn(RUNNING.change().state(JobState.STORED, NOW).clip(clip).done());

    int exit = waitForTask("-o", "c.mp4");

    assertThat(exit).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("c.mp4\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("note: no answer; still trying")
        .contains("Done: 5.042 s, 1.2 MB");
  }

  @Test
  void showsNothingThatSteersATerminal() {
    when(videos.task(TASK))
        .thenReturn(
            new VideoTask(TASK, new TaskState.Unrecognised("\033[2Jodd\u0007"), null, null));
    when(videos.adopt(TASK)).thenReturn(RUNNING);
    when(videos.await(any(), any()))
        .thenThrow(new RetryLaterException("bad \033[2J words", null, null))
        .thenThrow(new StillRunningException("late", RUNNING));

    assertThat(waitForTask()).isEqualTo(6);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("bad  [2J words");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\033");
  }

  @Test
  void takesBackWhatWasNotSentBeforeItSaysSo() {
    Job withdrawn = NOT_SENT.change().state(JobState.WITHDRAWN, NOW).done();
    when(videos.withdraw(NOT_SENT.id())).thenReturn(withdrawn);

    assertThat(TaskCommand.settled(videos, NOT_SENT, progress)).isSameAs(withdrawn);
  }

  @Test
  void givesUpBeforeLongOnAnAddressThatIsNotThere() {
    Job lost =
        NOT_SENT.change().note("UnknownHostException: nowhere.example: Name not known").done();
    Job withdrawn = lost.change().state(JobState.WITHDRAWN, NOW).note("withdrawn").done();
    when(videos.task(TASK)).thenReturn(new VideoTask(TASK, new TaskState.Running(), null, null));
    when(videos.adopt(TASK)).thenReturn(lost);
    when(videos.await(any(), eq(Duration.ofSeconds(20))))
        .thenThrow(new StillRunningException("late", lost));
    when(videos.withdraw(lost.id())).thenReturn(withdrawn);

    assertThat(waitForTask()).isEqualTo(6);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("not sent yet, trying again (can't find nowhere.example: check")
        .contains(
            "error: it could not be sent, and nothing was charged: can't find nowhere.example:"
                + " check network, proxy, TOKENHUB_BASE_URL\n");
  }

  @Test
  void saysOnceWhatHappensAgainAndAgain() {
    Job job = NOT_SENT;
    for (int i = 0; i < 8; i++) {
      progress.show(job);
      job = job.change().state(JobState.INTENDED, NOW).done();
      progress.show(job);
      job = job.change().state(JobState.NOT_SENT, NOW).done();
    }

    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }

  @Test
  void waitsOutACallThatIsUnderWay() {
    when(videos.withdraw(NOT_SENT.id())).thenThrow(new IllegalStateException("being sent"));
    when(videos.find(NOT_SENT.id())).thenReturn(Optional.of(RUNNING));

    assertThat(TaskCommand.settled(videos, NOT_SENT, progress)).isSameAs(RUNNING);
    verify(videos).close();
  }

  @Test
  void leavesATaskAlone() {
    assertThat(TaskCommand.settled(videos, RUNNING, progress)).isSameAs(RUNNING);
    verify(videos, never()).withdraw(any());
  }
}
