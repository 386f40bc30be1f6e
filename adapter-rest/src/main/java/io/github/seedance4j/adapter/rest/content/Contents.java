package io.github.seedance4j.adapter.rest.content;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.generation.Generations;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code GET} and {@code HEAD …/{id}/content}: the stored clip of a job, to whoever has a link that
 * was signed, or a key that sees the job. Thread-safe.
 */
public final class Contents {

  private static final String TYPE = "video/mp4";
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  private final VideoGeneration videos;
  private final Path directory;

  /**
   * @param directory what does not lie there is not served, whatever a job says
   */
  public Contents(VideoGeneration videos, Path directory) {
    this.videos = videos;
    this.directory = directory;
  }

  /** Answers the request. */
  public void get(Context request, Caller caller) {
    Job job =
        Generations.find(
            videos, request.pathParam("id"), found -> !caller.hasKey() || caller.sees(found));
    requireStored(job);
    Clip clip = job.clip().orElseThrow(Contents::gone);
    OpenFile file =
        OpenFile.within(directory, clip.path())
            .flatMap(found -> whole(found, clip))
            .orElseThrow(Contents::gone);
    FileServing.answer(
        request, file, new FileServing.Face(TYPE, "\"" + clip.sha256() + "\"", job.id() + ".mp4"));
  }

  private static Optional<OpenFile> whole(OpenFile file, Clip clip) {
    if (file.size() == clip.bytes()) {
      return Optional.of(file);
    }
    file.close();
    return Optional.empty();
  }

  private static void requireStored(Job job) {
    if (job.state() == JobState.STORED) {
      return;
    }
    if (job.state().isEnded()) {
      throw Problem.of(ProblemType.GONE, "It ended without a clip: " + job.state() + ".").refusal();
    }
    throw Problem.of(ProblemType.NOT_READY, "There is no clip yet: it is " + job.state() + ".")
        .retryAfter(job.state() == JobState.UNKNOWN ? UNKNOWN : SOON)
        .refusal();
  }

  private static RuntimeException gone() {
    return Problem.of(ProblemType.GONE, "The clip is kept no longer.").refusal();
  }
}
