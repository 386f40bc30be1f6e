package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.RoughLine.Stroke;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clips over lines, and from servers, that do everything wrong, in sequences drawn by chance; again
 * with {@code -Dseedance4j.seed=…}. The judge is what the provider sent.
 */
class FaultyTransfersTest {

  private static final int TRANSFERS = 200;
  private static final int JOBS = 50;
  private static final int MOST_TRICKS = 6;

  /** Beyond those that were spoilt: a busy machine can be too slow for the short deadlines here. */
  private static final int MORE_ATTEMPTS = 30;

  /** What the fake does by itself, all of it to be got over. */
  private static final List<Fault> PASSING =
      List.of(
          new FileFault.CutsFile(2),
          new FileFault.ResetsFile(2),
          new FileFault.KillsLink(false),
          new FileFault.IgnoresRange(),
          new FileFault.AnswersOtherRange(),
          new FileFault.ChangesFile(),
          new FileFault.LeavesOutLength(),
          new FileFault.RefusesDownloads(503, 2),
          new FileFault.RefusesDownloads(404, 1));

  /** There is no whole clip to be had. */
  private static final List<Fault> LASTING =
      List.of(
          new FileFault.ShortensFile(), new FileFault.ServesHtml(), new FileFault.KillsLink(true));

  @TempDir Path directory;

  /** What befalls one clip. */
  private record Plan(List<Fault> faults, boolean hopeless, List<Stroke> tricks) {

    static Plan draw(Random random) {
      List<Fault> faults = new ArrayList<>();
      boolean hopeless = random.nextInt(12) == 0;
      if (hopeless) {
        faults.add(LASTING.get(random.nextInt(LASTING.size())));
      } else {
        for (int i = random.nextInt(3); i > 0; i--) {
          faults.add(PASSING.get(random.nextInt(PASSING.size())));
        }
      }
      List<Stroke> tricks = new ArrayList<>();
      Trick[] all = Trick.values();
      for (int i = 1 + random.nextInt(MOST_TRICKS); i > 0; i--) {
        // ranges are asked for after a cut only: one trick in two is one
        Trick trick = random.nextBoolean() ? Trick.CUT : all[random.nextInt(all.length)];
        tricks.add(new Stroke(trick, random.nextInt(1000)));
      }
      return new Plan(faults, hopeless, tricks);
    }
  }

  @Test
  void bringsWhatWasSentOrNothing() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.start();
        RoughLine line = new RoughLine();
        VideoProvider desk = hub.provider();
        ClipDownloads downloads = ClipDownloads.open(options(line))) {
      List<Callable<Void>> transfers = new ArrayList<>();
      for (int number = 1; number <= TRANSFERS; number++) {
        Plan plan = Plan.draw(Seeds.random("transfer " + number));
        String which =
            "-D" + Seeds.PROPERTY + "=" + Seeds.seed() + ", transfer " + number + ": " + plan;
        Path target = Files.createDirectory(directory.resolve("" + number)).resolve("clip.mp4");
        transfers.add(
            () -> {
              try {
                transfer(hub, line, desk, downloads, plan, target);
                return null;
              } catch (Exception | AssertionError e) {
                throw new AssertionError(which + ": " + e.getMessage(), e);
              }
            });
      }
      all(transfers);
      assertThat(line.played())
          .as("-D" + Seeds.PROPERTY + "=" + Seeds.seed())
          .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Trick.class));
    }
  }

  private static void transfer(
      FakeTokenHub hub,
      RoughLine line,
      VideoProvider desk,
      ClipDownloads downloads,
      Plan plan,
      Path target)
      throws Exception {
    TaskId task = book(desk);
    hub.task(task.value()).with(plan.faults().toArray(Fault[]::new));
    line.plays(task.value(), plan.tricks());
    int attempts = plan.tricks().size() + (plan.hopeless() ? 4 : MORE_ATTEMPTS);
    Clip clip = null;
    for (int i = 0; i < attempts && clip == null; i++) {
      String url = ((TaskState.Succeeded) desk.task(task).state()).video().url();
      try {
        clip = downloads.fetch(Objects.requireNonNull(url), target, progress -> {});
      } catch (RetryLaterException | GiveUpException e) {
        assertThat(target).doesNotExist();
      }
      assertThat(names(target)).allMatch(Pattern.compile(files(clip != null)).asMatchPredicate());
    }
    if (plan.hopeless()) {
      assertThat(clip).as("what can't be had").isNull();
      return;
    }
    assertThat(clip).as("the clip, after " + attempts + " attempts").isNotNull();
    judge(hub, line, task, clip, target, plan.faults().contains(new FileFault.ChangesFile()));
  }

  /** What may lie beside it, and what it may be called. */
  private static String files(boolean whole) {
    String spoilt = "|clip\\.unverified(-\\d+)?\\.mp4";
    return (whole ? "clip\\.mp4" : "clip\\.mp4\\.part(\\.state)?") + spoilt;
  }

  private static void judge(
      FakeTokenHub hub, RoughLine line, TaskId task, Clip clip, Path target, boolean changing)
      throws Exception {
    byte[] made = hub.clip(task.value());
    byte[] got = Files.readAllBytes(target);
    assertThat(clip.path()).isEqualTo(target);
    assertThat(clip.sha256()).isEqualTo(DownloadFixture.sha256(got));
    if (changing) { // another file each time, of which one was sent from its beginning to its end
      assertThat(got).hasSize(made.length + 12);
      assertThat(clip.sha256()).isIn(line.sent(task.value()));
    } else {
      assertThat(clip.sha256()).isEqualTo(DownloadFixture.sha256(made));
    }
  }

  @Test
  void bringsEveryJobHomeThatHasAClip() throws Exception {
    VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
    try (FakeTokenHub hub =
            FakeTokenHub.builder().clock(time.clock()).billing(Billing.REAL_LENGTH).start();
        RoughLine line = new RoughLine();
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(TokenHub.provider(ApiKey.of("th-fake"), hub.baseUrl(), options(line)))
                .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
                .executor(Runnable::run)
                .time(time)
                .build()) {
      List<Job> jobs = new ArrayList<>();
      List<Plan> plans = new ArrayList<>();
      for (int number = 1; number <= JOBS; number++) {
        Plan plan = Plan.draw(Seeds.random("job " + number));
        hub.next().with(plan.faults().toArray(Fault[]::new));
        Job job = submitted(videos, number);
        line.plays(job.taskId().orElseThrow().value(), plan.tricks());
        jobs.add(job);
        plans.add(plan);
      }
      for (int hours = 0; hours < 20; hours++) {
        time.advance(Duration.ofHours(1));
        for (Job job : jobs) {
          boolean stored = videos.find(job.id()).orElseThrow().state() == JobState.STORED;
          assertThat(Files.exists(directory.resolve(job.id() + ".mp4"))).isEqualTo(stored);
        }
      }
      for (int i = 0; i < JOBS; i++) {
        Job job = videos.find(jobs.get(i).id()).orElseThrow();
        String which =
            "-D" + Seeds.PROPERTY + "=" + Seeds.seed() + ", job " + (i + 1) + ": " + plans.get(i);
        JobState end = plans.get(i).hopeless() ? JobState.SUCCEEDED : JobState.STORED;
        assertThat(job.state()).as(which + " " + job.note()).isEqualTo(end);
        if (end == JobState.STORED) {
          boolean changing = plans.get(i).faults().contains(new FileFault.ChangesFile());
          Clip clip = job.clip().orElseThrow();
          judge(hub, line, job.taskId().orElseThrow(), clip, clip.path(), changing);
        } else {
          assertThat(job.note()).as(which).isPresent();
        }
        LedgerAssertions.assertThat(hub.ledger()).chargedExactlyOnce(job);
      }
    }
  }

  private static GenerationDraft draft(int number) {
    return GenerationDraft.builder()
        .model(ModelId.SEEDANCE_2_0)
        .prompt("dog " + number)
        .resolution(Resolution.P480)
        .duration(Duration.ofSeconds(4))
        .build();
  }

  private static Job submitted(VideoGeneration videos, int number) {
    return videos
        .submit(draft(number))
        .match(
            accepted -> accepted,
            refused -> {
              throw new AssertionError(refused);
            },
            over -> {
              throw new AssertionError(over);
            },
            unknown -> {
              throw new AssertionError(unknown);
            });
  }

  private static TaskId book(VideoProvider desk) {
    return ((CreateReply.Answered)
            desk.prepare(
                    RequestRules.of(ModelCatalog.tokenHub())
                        .judge(draft(1))
                        .request()
                        .orElseThrow())
                .send())
        .task();
  }

  private static HttpOptions options(RoughLine line) {
    return HttpOptions.builder()
        .allowLoopback(true)
        .proxy(line.uri())
        .connectTimeout(Duration.ofSeconds(1))
        .responseTimeout(Duration.ofMillis(300))
        .downloadDeadline(Duration.ofSeconds(1))
        .retryDelay(Duration.ofMillis(1))
        .build();
  }

  private static List<String> names(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static void all(List<Callable<Void>> transfers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> each : threads.invokeAll(transfers)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
