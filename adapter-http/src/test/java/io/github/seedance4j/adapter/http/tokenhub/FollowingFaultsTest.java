package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.Pace;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.fault.ErrorShape;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.fault.TaskFault.BadLink;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole library, on virtual time, before a provider that books well and then misbehaves. */
class FollowingFaultsTest {

  private static final Duration LONG = Duration.ofDays(30);
  private static final GenerationDraft DRAFT =
      GenerationDraft.builder()
          .model(ModelId.SEEDANCE_2_0)
          .prompt("a dog")
          .resolution(Resolution.P480)
          .duration(Duration.ofSeconds(4))
          .build();

  @TempDir Path directory;

  private final VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
  private FakeTokenHub hub;
  private VideoGeneration videos;

  @BeforeEach
  void start() {
    hub =
        FakeTokenHub.builder()
            .clock(time.clock())
            .pace(Pace.of(Duration.ofSeconds(10), Duration.ofMinutes(2)))
            .billing(Billing.REAL_LENGTH)
            .start();
    HttpOptions options =
        HttpOptions.builder()
            .allowLoopback(true)
            .connectTimeout(Duration.ofSeconds(2))
            .retryDelay(Duration.ofMillis(1))
            .responseTimeout(Duration.ofMillis(500))
            .downloadDeadline(Duration.ofSeconds(3))
            .build();
    videos =
        VideoGenerationService.builder()
            .provider(TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), options))
            .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
            .executor(Runnable::run)
            .time(time)
            .build();
  }

  @AfterEach
  void close() {
    videos.close();
    hub.close();
  }

  private Job after(Duration passed, Fault... faults) {
    hub.next().with(faults);
    Job job =
        videos
            .submit(DRAFT)
            .match(
                accepted -> accepted,
                refused -> {
                  throw new AssertionError(refused);
                },
                over -> {
                  throw new AssertionError(over);
                },
                unknown -> unknown);
    return later(passed, job);
  }

  private Job later(Duration passed, Job job) {
    time.advance(passed);
    return videos.find(job.id()).orElseThrow();
  }

  private byte[] made(Job job) throws Exception {
    assertThat(directory.toFile().list()).containsExactly(job.id() + ".mp4");
    return Files.readAllBytes(job.clip().orElseThrow().path());
  }

  private static byte[] original(Job job) {
    List<String> caption = List.of(job.taskId().orElseThrow().value(), "a dog");
    return PlayableClip.render(new ClipSpec(864, 496, 97, true, caption));
  }

  static Stream<Fault> passing() {
    return Stream.of(
        new TaskFault.GoesBackwards(),
        new TaskFault.SaysOddStatus("archiving", 5),
        new TaskFault.NotFoundAtFirst(5),
        new TaskFault.RefusesPolls(503, 7),
        new TaskFault.RefusesPolls(500, 4, ErrorShape.EMPTY, null),
        new TaskFault.RefusesPolls(502, 4, ErrorShape.HTML, null),
        new TaskFault.RefusesPolls(429, 2, ErrorShape.FULL, "3"),
        new TaskFault.RefusesPolls(429, 1, ErrorShape.NULL, "soon"),
        new TaskFault.RefusesPolls(401, 2),
        new TaskFault.ResetsPolls(7),
        new TaskFault.HangsPolls(1),
        new TaskFault.SkewsCreated(Duration.ofDays(-30)),
        new TaskFault.SkewsCreated(Duration.ofDays(30)),
        new TaskFault.LeavesOutCreated(),
        new TaskFault.LeavesOutUsage(),
        new TaskFault.AddsFields(),
        new FileFault.KillsLink(false),
        new FileFault.CutsFile(3),
        new FileFault.ResetsFile(3),
        new FileFault.HangsFile(1),
        new FileFault.DripsFile(1, Duration.ofMillis(20)),
        new FileFault.RefusesDownloads(503, 5),
        new FileFault.RefusesDownloads(429, 2),
        new FileFault.RefusesDownloads(404, 1),
        new FileFault.LeavesOutLength());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void bringsTheClipHomeInSpiteOf(Fault fault) throws Exception {
    Job job = after(Duration.ofHours(2), fault);

    assertThat(hub.struck()).isNotEmpty().allMatch(fault::equals);
    assertThat(job.state()).as(job + " " + job.note()).isEqualTo(JobState.STORED);
    assertThat(job.clip().orElseThrow().length()).isEqualTo(new ClipLength(97, 24));
    assertThat(made(job)).isEqualTo(original(job));
    LedgerAssertions.assertThat(hub.ledger())
        .chargedExactlyOnce(job)
        .hasCost(job, "0.485")
        .agreesWith(videos.spend());
  }

  static Stream<List<Fault>> troubleWithResuming() {
    return Stream.of(
        List.of(new FileFault.CutsFile(2), new FileFault.IgnoresRange()),
        List.of(new FileFault.CutsFile(2), new FileFault.AnswersOtherRange()),
        List.of(new FileFault.ResetsFile(2), new FileFault.ChangesFile()),
        List.of(new FileFault.CutsFile(2), new FileFault.ChangesFile()));
  }

  @ParameterizedTest
  @MethodSource("troubleWithResuming")
  void mixesNoTwoFiles(List<Fault> faults) throws Exception {
    Job job = after(Duration.ofHours(2), faults.toArray(Fault[]::new));

    assertThat(hub.struck()).containsAll(faults);
    assertThat(job.state()).as(job + " " + job.note()).isEqualTo(JobState.STORED);
    byte[] clip = made(job);
    if (faults.contains(new FileFault.ChangesFile())) {
      int header = new String(clip, StandardCharsets.ISO_8859_1).indexOf("mvhd") + 8;
      ByteBuffer file = ByteBuffer.wrap(clip);
      assertThat(file.getInt(clip.length - 4)).isEqualTo(file.getInt(header)).isPositive();
      file.putInt(header, 0);
      clip = Arrays.copyOf(clip, clip.length - 12);
    }
    assertThat(clip).isEqualTo(original(job));
    LedgerAssertions.assertThat(hub.ledger()).chargedExactlyOnce(job).isCoveredBy(videos.spend());
  }

  static Stream<Fault> lasting() {
    return Stream.of(
        new FileFault.ShortensFile(),
        new FileFault.ServesHtml(),
        new FileFault.KillsLink(true),
        new TaskFault.LeavesOutData(),
        new TaskFault.EmptiesData());
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void keepsAtAClipThatCantBeHad(Fault fault) throws Exception {
    keepsAt(fault);
  }

  @ParameterizedTest
  @EnumSource(BadLink.class)
  void keepsAtAClipWhoseLinkLeadsNowhereGood(BadLink link) throws Exception {
    keepsAt(new TaskFault.GivesBadLink(link));
  }

  private void keepsAt(Fault fault) throws Exception {
    Job job = after(Duration.ofMinutes(1), fault);
    CompletableFuture<Job> waiting = videos.awaitAsync(job.id(), LONG);
    job = later(Duration.ofHours(3), job);
    long asked = hub.requests().polls() + hub.requests().downloads();

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.note()).isPresent();
    assertThat(Files.exists(directory.resolve(job.id() + ".mp4"))).isFalse();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(catchThrowable(waiting::join))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SeedanceException.class);
    LedgerAssertions.assertThat(hub.ledger()).chargedExactlyOnce(job).isCoveredBy(videos.spend());

    job = later(Duration.ofHours(3), job);
    boolean neverLeaves =
        fault instanceof TaskFault.GivesBadLink bad
            && List.of(BadLink.FILE, BadLink.PRIVATE, BadLink.NONSENSE).contains(bad.link());
    if (!neverLeaves) {
      assertThat(hub.requests().polls() + hub.requests().downloads()).isGreaterThan(asked);
    }
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void saysThatALinkIsDeadForGood() {
    Job job = after(Duration.ofMinutes(1), new FileFault.KillsLink(true));
    CompletableFuture<Job> waiting = videos.awaitAsync(job.id(), LONG);
    later(Duration.ofHours(1), job);

    assertThat(catchThrowable(waiting::join)).hasCauseInstanceOf(LinkExpiredException.class);
    assertThat(videos.find(job.id()).orElseThrow().note().orElseThrow()).contains("link");
  }

  @Test
  void paysForTheLengthThatWasMade() {
    Job job = after(Duration.ofHours(1), new TaskFault.MakesOtherLength(new BigDecimal(7)));

    assertThat(job.clip().orElseThrow().length()).isEqualTo(new ClipLength(169, 24));
    LedgerAssertions.assertThat(hub.ledger()).hasCost(job, "0.845").agreesWith(videos.spend());
  }

  static Stream<Fault> ends() {
    return Stream.of(
        new TaskFault.Fails(),
        new TaskFault.Fails("X", "no", false, ErrorShape.MESSAGE_ONLY),
        new TaskFault.Fails("X", "no", false, ErrorShape.TEXT),
        new TaskFault.Fails("X", "no", false, ErrorShape.NULL),
        new TaskFault.EndsAs("cancelled", false),
        new TaskFault.EndsAs("expired", true));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void endsWithATaskThatEndsOtherwise(Fault fault) {
    Job job = after(Duration.ofHours(1), fault);

    assertThat(job.state()).isIn(JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED);
    assertThat(job.bill()).isPresent();
    LedgerAssertions.assertThat(hub.ledger())
        .chargedExactlyOnce(job)
        .hasNoChargeWithoutAJob(List.of(job))
        .isCoveredBy(videos.spend());
  }

  @Test
  void followsATaskThatNeverEnds() {
    Job job = after(Duration.ofHours(6), new TaskFault.NeverEnds());
    long polls = hub.requests().polls();

    assertThat(job.state()).isEqualTo(JobState.RUNNING);
    assertThat(later(Duration.ofHours(1), job).state()).isEqualTo(JobState.RUNNING);
    assertThat(hub.requests().polls()).isGreaterThan(polls);
  }
}
