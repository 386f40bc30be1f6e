package io.github.seedance4j.adapter.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.settings.TestSurroundings;
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
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EndingTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Commands COMMANDS =
      new Commands(
          TestSurroundings.in(
              Path.of("/clips"),
              Clock.systemUTC(),
              OutputStream.nullOutputStream(),
              OutputStream.nullOutputStream()),
          Path.of("/clips/cat.mp4"),
          "seedance generate …",
          null);
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

    assertThat(ending.exit()).isIn(ExitCode.REFUSED, ExitCode.NOT_FETCHED);
    assertThat(ending.what())
        .isEqualTo(
            String.valueOf(trouble.getMessage()).replace(" (a sandbox needs allowLoopback)", ""));
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
          case SUCCEEDED -> 9;
          default -> 6;
        };

    Ending ending = Ending.of(job(state), COMMANDS);

    assertThat(ending.exit()).isEqualTo(expected);
    assertThat(ending.next()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INPUT_IMAGE  | Change that and run the command again: that is a new charge.
          OUTPUT_VIDEO | Run the command again if you still want it: that is a new charge.
          PROVIDER     | Run the command again if you still want it: that is a new charge.
          """)
  void advisesByTheKindOfFault(ProviderFault.Kind kind, String advice) {
    ProviderFault fault = new ProviderFault(kind, "Code", "words", null);
    Job failed = job(JobState.FAILED).change().fault(fault).done();

    Ending ending = Ending.of(failed, COMMANDS);

    assertThat(ending.what()).isEqualTo("the task failed: words (Code) – " + kind.hint());
    assertThat(ending.next()).containsExactly(advice);
  }

  @Test
  void saysThatACancelledTaskMayBeOrderedAgain() {
    Ending ending = Ending.of(job(JobState.CANCELLED), COMMANDS);

    assertThat(ending.what()).isEqualTo("the task was cancelled: no reason was given.");
    assertThat(ending.next())
        .containsExactly("Run the command again if you still want it: that is a new charge.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UnknownHostException: nowhere.example: Name or service not known | can't find nowhere.example: check network, proxy, TOKENHUB_BASE_URL
          UnknownHostException                                             | can't find the host: check network, proxy, TOKENHUB_BASE_URL
          HttpHostConnectException: Connect to a failed: Connection refused | Connect to a failed: Connection refused
          SSLException                                                     | no connection
          the proxy answered 407                                           | the proxy answered 407
          """)
  void saysInPlainWordsWhyItWasNotSent(String note, String words) {
    assertThat(Ending.notSent(note).what())
        .isEqualTo("it could not be sent, and nothing was charged: " + words);
  }

  @Test
  void namesNoJavaClassWhereAReplyWasLost() {
    Job reset = job(JobState.UNKNOWN).change().note("SocketException: Connection reset").done();
    Job odd = job(JobState.UNKNOWN).change().note("status 500").done();

    assertThat(Ending.of(reset, COMMANDS).what())
        .isEqualTo(
            "nobody knows whether the provider took it: the connection broke before an answer"
                + " came. It may have been charged, so it is not sent again.");
    assertThat(Ending.of(odd, COMMANDS).what()).contains("status 500");
  }

  @Test
  void saysHowToTryWhatIsHarmlessToRepeat() {
    assertThat(Ending.of(new RetryLaterException("no answer", null, null), COMMANDS).next())
        .containsExactly("Try again: seedance generate …");
  }
}
