package io.github.seedance4j.testkit.scenario;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.service.VideoGenerationBuilder;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A service on virtual time before a scripted provider, and what a test asks of it. */
final class Stage implements AutoCloseable {

  static final Duration LONG = Duration.ofDays(10);
  static final GenerationDraft CAT =
      GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt("a cat").build();

  final VirtualTime time = VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
  final ScriptedProvider provider = new ScriptedProvider();
  final List<JobEvent> events = new CopyOnWriteArrayList<>();
  final VideoGeneration videos;

  private Stage(Path directory, UnaryOperator<VideoGenerationBuilder> settings) {
    videos =
        settings
            .apply(
                VideoGenerationService.builder()
                    .provider(provider)
                    .clipFiles(job -> directory.resolve(job.id() + ".mp4"))
                    .onEvent(events::add)
                    .executor(Runnable::run)
                    .time(time))
            .build();
  }

  static Stage in(Path directory) {
    return in(directory, settings -> settings);
  }

  static Stage in(Path directory, UnaryOperator<VideoGenerationBuilder> settings) {
    return new Stage(directory, settings);
  }

  Job submitted() {
    return jobOf(videos.submit(CAT));
  }

  /** The job that a submission became, its outcome known or not. */
  static Job jobOf(Submission submission) {
    return submission.match(
        job -> job,
        refused -> {
          throw new AssertionError(refused);
        },
        over -> {
          throw new AssertionError(over);
        },
        unknown -> unknown);
  }

  Job now(Job job) {
    return videos.find(job.id()).orElseThrow();
  }

  Job after(Duration time, Job job) {
    this.time.advance(time);
    return now(job);
  }

  CompletableFuture<Job> waiting(Job job) {
    return videos.awaitAsync(job.id(), LONG);
  }

  List<JobState> states() {
    return events.stream().filter(e -> e.download() == null).map(JobEvent::state).toList();
  }

  @Override
  public void close() {
    videos.close();
  }
}
