package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A journal of some weeks' work, with clips that play: at times of our own choosing, which no real
 * run could have. Its {@code main} makes the folder that the screenshot in the docs is of.
 */
final class ExampleJobs implements AutoCloseable {

  private static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", "https://tokenhub.example/api/v1", "0123456789ab");
  private static final int FRAMES = ClipSpec.FRAMES_PER_SECOND;

  private final Path directory;
  private final JobJournal journal;
  private int count;

  private ExampleJobs(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("state"));
    this.journal = JdbcJobJournal.sqlite(directory.resolve("state/journal.db"));
  }

  /** In the journal that a {@link CommandRun} in that directory has. */
  static ExampleJobs in(Path directory) throws IOException {
    return new ExampleJobs(directory);
  }

  static GenerationDraft.Builder draft(String prompt) {
    return GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt(prompt);
  }

  void cap(Budget budget) {
    journal.setBudget(budget);
  }

  /** One whose create call is under way. */
  Job intended(GenerationDraft draft, String label, Instant at) {
    Quote quote =
        Tariff.tokenHub()
            .quote(RequestRules.of(ModelCatalog.tokenHub()).judge(draft).request().orElseThrow());
    count++;
    Job job =
        Job.intended(
                new JobId(
                    "job-" + Integer.toString(0x3f5a_1c00 + 7_919 * count, 36) + "k2m9x4q7vd"),
                ACCOUNT,
                draft,
                at)
            .quote(quote)
            .label(label.isEmpty() ? null : label)
            .bodySha256("0".repeat(64))
            .done();
    journal.admit(job, List.of(), "example");
    return job;
  }

  Job next(Job.Change change) {
    Job job = change.done();
    journal.replace(job);
    return job;
  }

  /** One that ended without a clip. */
  Job failed(GenerationDraft draft, String label, Instant at, Duration took, ProviderFault fault) {
    Job job = intended(draft, label, at);
    return next(
        job.change()
            .state(JobState.FAILED, at.plus(took))
            .taskId(new TaskId("task-" + count))
            .fault(fault)
            .bill(job.quote().orElseThrow().settleFailed()));
  }

  /** One with a clip of the size and length that were asked for. */
  Job stored(GenerationDraft draft, String label, Instant at, Duration took, String name)
      throws IOException {
    Job job = intended(draft, label, at);
    int frames = draft.duration().orElse(BigDecimal.valueOf(5)).intValue() * FRAMES + 1;
    boolean tall = draft.aspectRatio().equals(Optional.of("9:16"));
    byte[] bytes =
        PlayableClip.render(
            new ClipSpec(
                tall ? 720 : 1280,
                tall ? 1280 : 720,
                frames,
                true,
                List.of("task-" + count, draft.prompt().orElse(""))));
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    ClipLength length = new ClipLength(frames, FRAMES);
    return next(
        job.change()
            .state(JobState.STORED, at.plus(took))
            .taskId(new TaskId("task-" + count))
            .clip(new Clip(file, bytes.length, "0".repeat(64), length))
            .bill(job.quote().orElseThrow().settle(length)));
  }

  @Override
  public void close() {
    journal.close();
  }

  /** Three weeks of two films in the making. */
  void weeks(Instant now) throws IOException {
    String shore = "lighthouse";
    String tram = "night-tram";
    cap(Budget.perMonth(Money.usd("30")));
    String[] prompts = {
      "A lighthouse on a cliff at dawn, waves breaking far below, slow push-in, soft pink light",
      "A keeper climbs the spiral stairs with a lantern, handheld camera, warm shadows on stone",
      "Close-up of the lens turning, dust in the beam, shallow depth of field",
      "Gulls circle the tower as a storm gathers, wide shot, the sea darkening",
      "An empty tram glides through a rainy city at night, neon in the puddles, tracking shot",
      "Inside the tram, a woman looks out, reflections pass over her face, quiet piano",
      "The driver's hands on the controls, wet windscreen, wipers in rhythm",
      "The tram leaves the last stop and the street lamps go out one by one",
      "Rain on a copper roof, macro, each drop a small crown",
      "The keeper writes in the log book, ink drying, a clock ticks",
      "Fog rolls over the headland and swallows the light, time-lapse",
      "Two passengers share an umbrella, seen from above, slow rotation",
      "Dawn over the depot, trams in a row, first birds",
    };
    int[] hours = {498, 470, 469, 420, 330, 308, 306, 260, 171, 120, 97, 50, 26};
    int[] seconds = {131, 142, 305, 163, 297, 124, 388, 149, 210, 176, 451, 188, 156};
    for (int i = 0; i < prompts.length; i++) {
      boolean ofTram = i >= 4 && i <= 7 || i > 10;
      GenerationDraft.Builder draft =
          draft(prompts[i]).duration(Duration.ofSeconds(i % 3 == 2 ? 10 : 5));
      if (i % 4 == 1) {
        draft.model(ModelId.SEEDANCE_2_0_FAST).resolution(Resolution.P480);
      }
      if (i == 11) {
        draft.aspectRatio(new AspectRatio("9:16"));
      }
      stored(
          draft.build(),
          ofTram ? tram : shore,
          now.minus(Duration.ofHours(hours[i])).plusSeconds(i * 173L),
          Duration.ofSeconds(seconds[i]),
          (ofTram ? tram : shore) + "/shot-" + (i + 1) + ".mp4");
    }
    failed(
        draft("The ghost of a famous film star sits down beside her").build(),
        tram,
        now.minus(Duration.ofHours(305)),
        Duration.ofSeconds(38),
        new ProviderFault(
            ProviderFault.Kind.REAL_PERSON,
            "InputTextSensitiveContentDetected",
            "The request may relate to a real person.",
            null));
    Instant today = now.minus(Duration.ofHours(2));
    Job lost =
        intended(draft("The beam sweeps over a fishing boat, long exposure").build(), shore, today);
    next(
        lost.change()
            .state(JobState.UNKNOWN, today.plusSeconds(3))
            .note("SocketException: Connection reset"));
    Job running =
        intended(
            draft("The tram crosses the bridge, city lights behind, drone shot")
                .duration(Duration.ofSeconds(10))
                .build(),
            tram,
            now.minusSeconds(80));
    next(
        running
            .change()
            .state(JobState.RUNNING, now.minusSeconds(60))
            .taskId(new TaskId("task-running")));
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]).toAbsolutePath();
    try (ExampleJobs jobs = in(directory)) {
      jobs.weeks(Instant.now());
    }
  }
}
