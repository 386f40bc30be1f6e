package io.github.seedance4j.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EndingTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Commands COMMANDS =
      new Commands(
          new Surroundings(
              "seedance",
              new ByteArrayInputStream(new byte[0]),
              new PrintStream(PrintStream.nullOutputStream()),
              new PrintStream(PrintStream.nullOutputStream()),
              false,
              false,
              Map.of(),
              Path.of("/clips"),
              Clock.systemUTC(),
              Interrupts.NEVER),
          Path.of("/clips/cat.mp4"),
          "seedance generate …");
  private static final Job SUBMITTED = job(JobState.SUBMITTED);

  private static Job job(JobState state) {
    return Job.intended(
            new JobId("job-abcdefgh"),
            new ProviderAccount("TokenHub", "https://tokenhub.store/api/v1", "f"),
            GenerationDraft.builder().build(),
            NOW)
        .state(state, NOW)
        .taskId(new TaskId("task-1"))
        .done();
  }

  static Stream<SeedanceException> troubles() {
    return Stream.of(
        new AccountException("key revoked", null),
        new NotFoundException("gone"),
        new LinkExpiredException("the link is dead"),
        new GiveUpException("no public address (a sandbox needs allowLoopback)", null));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void neverSuggestsToOrderAPaidClipAgain(SeedanceException trouble) {
    Ending ending = Ending.whileFollowing(trouble, SUBMITTED, COMMANDS);

    assertThat(ending.exit()).isIn(ExitCode.REFUSED, ExitCode.TASK_FAILED);
    assertThat(ending.what()).isEqualTo(trouble.getMessage());
    assertThat(String.join("\n", ending.next()))
        .contains("don't order it again", "seedance wait task-1 -o cat.mp4")
        .doesNotContain("generate");
  }

  @Test
  void namesTheSettingThatASandboxNeeds() {
    GiveUpException refused = new GiveUpException("loopback (needs allowLoopback)", null);

    assertThat(Ending.whileFollowing(refused, SUBMITTED, COMMANDS).next())
        .contains("If that is your sandbox: export SEEDANCE_ALLOW_LOOPBACK=true");
  }

  @ParameterizedTest
  @EnumSource(ProviderFault.Kind.class)
  void namesANextStepForEveryFault(ProviderFault.Kind kind) {
    ProviderFault fault = new ProviderFault(kind, "Code", "words", "req-1");
    Job rejected = job(JobState.REJECTED).change().fault(fault).done();

    Ending ending = Ending.of(rejected, COMMANDS);

    assertThat(ending.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(ending.what()).contains("words (Code) [request req-1]", kind.hint());
    assertThat(ending.next()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void endsEveryStateWithAnExitCodeOfItsOwn(JobState state) {
    int expected =
        switch (state) {
          case REJECTED -> 4;
          case FAILED, CANCELLED, EXPIRED -> 5;
          case UNKNOWN, LOST -> 7;
          default -> 6;
        };

    Ending ending = Ending.of(job(state), COMMANDS);

    assertThat(ending.exit()).isEqualTo(expected);
    assertThat(ending.next()).isNotEmpty();
  }

  @Test
  void saysHowToTryWhatIsHarmlessToRepeat() {
    assertThat(Ending.of(new RetryLaterException("no answer", null, null), COMMANDS).next())
        .containsExactly("Try again: seedance generate …");
  }
}
