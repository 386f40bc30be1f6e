package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Money;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Some weeks of a tenant's work in a journal, at times of our own choosing, with clips that play.
 */
final class StudioWeeks {

  private static final ProviderAccount ACCOUNT =
      new ProviderAccount("TokenHub", "https://tokenhub.example/api/v1", "0123456789ab");
  private static final int FRAMES = ClipSpec.FRAMES_PER_SECOND;
  private static final String[] PROMPTS = {
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
    "Dawn over the depot, trams in a row, first birds",
  };
  private static final int[] HOURS = {498, 470, 469, 420, 330, 308, 306, 260, 171, 120, 50, 26};
  private static final int[] SECONDS = {131, 142, 305, 163, 297, 124, 388, 149, 210, 176, 451, 156};

  private final Path clips;
  private final JobJournal journal;
  private final String tenant;
  private int count;

  StudioWeeks(Path clips, JobJournal journal, String tenant) {
    this.clips = clips;
    this.journal = journal;
    this.tenant = tenant;
  }

  /** Twelve clips, a failure, one that runs, and one whose outcome is unknown. */
  void fill(Instant now) throws IOException {
    journal.setBudget(Budget.perMonth(Money.usd("40")).forLabel(tenant));
    for (int i = 0; i < PROMPTS.length; i++) {
      GenerationDraft.Builder draft = draft(PROMPTS[i]);
      draft.duration(Duration.ofSeconds(i % 3 == 2 ? 10 : 5));
      if (i % 4 == 1) {
        draft.model(ModelId.SEEDANCE_2_0_FAST).resolution(Resolution.P480);
      }
      stored(
          draft.build(),
          now.minus(Duration.ofHours(HOURS[i])).plusSeconds(i * 173L),
          Duration.ofSeconds(SECONDS[i]));
    }
    Instant yesterday = now.minus(Duration.ofHours(22));
    Job refused =
        intended(draft("The ghost of a famous film star sits down beside her").build(), yesterday);
    next(
        refused
            .change()
            .state(JobState.FAILED, yesterday.plusSeconds(38))
            .taskId(new TaskId("task-refused"))
            .fault(
                new ProviderFault(
                    ProviderFault.Kind.REAL_PERSON,
                    "InputTextSensitiveContentDetected",
                    "The request may relate to a real person.",
                    null))
            .bill(refused.quote().orElseThrow().settleFailed()));
    Instant today = now.minus(Duration.ofMinutes(50));
    Job lost = intended(draft("The beam sweeps over a fishing boat, long exposure").build(), today);
    next(
        lost.change()
            .state(JobState.UNKNOWN, today.plusSeconds(3))
            .note("SocketException: Connection reset"));
    Job running =
        intended(
            draft("The tram crosses the bridge, city lights behind, drone shot")
                .duration(Duration.ofSeconds(10))
                .build(),
            now.minusSeconds(96));
    next(
        running
            .change()
            .state(JobState.RUNNING, now.minusSeconds(60))
            .taskId(new TaskId("task-running")));
  }

  private static GenerationDraft.Builder draft(String prompt) {
    return GenerationDraft.builder()
        .model(ModelId.SEEDANCE_2_0)
        .prompt(prompt)
        .resolution(Resolution.P720)
        .aspectRatio(new AspectRatio("16:9"))
        .duration(Duration.ofSeconds(5));
  }

  private Job intended(GenerationDraft draft, Instant at) {
    count++;
    Job job =
        Job.intended(
                new JobId(
                    "job-" + Integer.toString(0x3f5a_1c00 + 7_919 * count, 36) + "k2m9x4q7vd"),
                ACCOUNT,
                draft,
                at)
            .quote(
                Tariff.tokenHub()
                    .quote(
                        RequestRules.of(ModelCatalog.tokenHub())
                            .judge(draft)
                            .request()
                            .orElseThrow()))
            .label(tenant)
            .bodySha256("0".repeat(64))
            .done();
    journal.admit(job, List.of(), "example");
    return job;
  }

  private void next(Job.Change change) {
    journal.replace(change.done());
  }

  private void stored(GenerationDraft draft, Instant at, Duration took) throws IOException {
    Job job = intended(draft, at);
    int frames = draft.duration().orElseThrow().intValue() * FRAMES + 1;
    byte[] bytes =
        PlayableClip.render(
            new ClipSpec(
                640, 360, frames, true, List.of("take " + count, draft.prompt().orElse(""))));
    Files.createDirectories(clips);
    Path file = Files.write(clips.resolve(job.id() + ".mp4"), bytes);
    ClipLength length = new ClipLength(frames, FRAMES);
    next(
        job.change()
            .state(JobState.STORED, at.plus(took))
            .taskId(new TaskId("task-" + count))
            .clip(new Clip(file, bytes.length, "0".repeat(64), length))
            .bill(job.quote().orElseThrow().settle(length)));
  }
}
