package io.github.seedance4j.adapter.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.settings.TestSurroundings;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Ctrl-C says, by where the run stands. */
class GoodbyeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Job INTENDED =
      Job.intended(
              new JobId("job-abcdefgh"),
              new ProviderAccount("TokenHub", "https://tokenhub.store/api/v1", "f"),
              GenerationDraft.builder().build(),
              NOW)
          .done();

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Surroundings around =
      TestSurroundings.in(
          Path.of("").toAbsolutePath(),
          Clock.fixed(NOW, ZoneOffset.UTC),
          OutputStream.nullOutputStream(),
          err);
  private final Talk talk = new Talk(around, true);
  private final Progress progress = new Progress(talk, around.clock());
  private final VideoGeneration videos = mock(VideoGeneration.class);

  private Goodbye goodbye(boolean sandbox) {
    Path clip = around.directory().resolve("cat.mp4");
    return new Goodbye(talk, progress, videos, sandbox, new Commands(around, clip, "again", null));
  }

  private String said(Goodbye goodbye) {
    goodbye.run();
    return err.toString(StandardCharsets.UTF_8);
  }

  private Job submitted() {
    return INTENDED.change().state(JobState.SUBMITTED, NOW).taskId(new TaskId("task-1")).done();
  }

  @Test
  void saysThatNothingWasSent() {
    assertThat(said(goodbye(false))).contains("Nothing was sent, and nothing is charged.");
  }

  @Test
  void letsNothingBeSentOnceThatWasSaid() {
    boolean[] stopped = new boolean[1];
    Goodbye goodbye = goodbye(false);
    goodbye.preparing(() -> stopped[0] = true);
    goodbye.run();

    assertThat(stopped[0]).isTrue();
    assertThatThrownBy(goodbye::sending).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysHowToComeBackEvenWhenQuiet() {
    Goodbye goodbye = goodbye(false);
    progress.show(submitted());
    goodbye.sent(submitted());

    assertThat(said(goodbye)).contains("  seedance wait task-1 -o cat.mp4");
  }

  @Test
  void saysThatTheSandboxEndsToo() {
    Goodbye goodbye = goodbye(true);
    progress.show(submitted());
    goodbye.sent(submitted());

    assertThat(said(goodbye)).contains("The sandbox ends with this command, and so does its task.");
  }

  @Test
  void waitsForACallThatIsBeingRepeated() {
    Job throttled = INTENDED.change().state(JobState.THROTTLED, NOW).done();
    Goodbye goodbye = goodbye(false);
    progress.show(throttled);
    goodbye.sent(throttled);
    Job late =
        throttled.change().state(JobState.SUBMITTED, NOW).taskId(new TaskId("task-2")).done();
    when(videos.find(any(JobId.class))).thenReturn(Optional.of(late));

    assertThat(said(goodbye)).contains("seedance wait task-2");
    verify(videos).close();
  }

  @Test
  void believesWhatItWasToldWhereTheJournalIsClosed() {
    Job throttled = INTENDED.change().state(JobState.THROTTLED, NOW).done();
    Goodbye goodbye = goodbye(false);
    progress.show(throttled);
    goodbye.sent(throttled);
    doAnswer(
            close -> {
              progress.show(
                  throttled
                      .change()
                      .state(JobState.SUBMITTED, NOW)
                      .taskId(new TaskId("task-3"))
                      .done());
              return null;
            })
        .when(videos)
        .close();
    when(videos.find(any(JobId.class))).thenThrow(new IllegalStateException("closed"));

    assertThat(said(goodbye)).contains("seedance wait task-3");
  }

  @Test
  void saysThatNothingWasChargedWhereItNeverLeft() {
    Job notSent = INTENDED.change().state(JobState.NOT_SENT, NOW).done();
    Goodbye goodbye = goodbye(false);
    progress.show(notSent);
    goodbye.sent(notSent);
    when(videos.find(any(JobId.class))).thenReturn(Optional.empty());

    assertThat(said(goodbye)).contains("nothing was charged");
  }

  @Test
  void saysNothingOnceTheRunIsOver() {
    Goodbye goodbye = goodbye(false);
    progress.show(submitted());
    goodbye.sent(submitted());
    goodbye.over();

    assertThat(said(goodbye)).isEmpty();
  }

  @Test
  void silencesTheVoiceBefore() {
    said(goodbye(false));
    talk.error("too late");

    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("too late");
  }
}
