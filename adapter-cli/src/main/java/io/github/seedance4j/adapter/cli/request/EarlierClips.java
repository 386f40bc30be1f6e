package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.JobSearch;
import io.github.seedance4j.adapter.cli.command.LocalFile;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.media.MediaFormat;
import io.github.seedance4j.media.MediaProbe;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written for a medium, as an address: {@code job:ID} is the clip that a job made; so is
 * {@code job:} with what that clip is called. That is its file, if there is a way to stage it, else
 * the provider's own link while it lives, else the file all the same. How long it is is known
 * either way.
 */
public final class EarlierClips implements MediaProbe {

  private static final String PREFIX = "job:";

  /** As upstream says of its links. */
  private static final Duration LINK_LIFE = Duration.ofHours(24);

  /** The new task may wait in a queue before anybody fetches its input. */
  private static final Duration TIME_TO_FETCH = Duration.ofHours(2);

  private final Surroundings around;
  private final Source source;
  private final Map<String, MediaFacts> known = new HashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();

  /** Where jobs are; no functions, as each of those costs the start of a command time. */
  public interface Source {

    /** Opens the journal as it is. */
    Workshop.Bench earlierJobs();

    /** Says something worth knowing. */
    void tell(String what);

    /** Where else a job of that name may be: the end of a sentence. */
    String whereToLook(String name);

    /** Whether a file is as good as a link. */
    boolean takesFiles();
  }

  public EarlierClips(Surroundings around, Source source) {
    this.around = around;
    this.source = source;
  }

  /**
   * The address of what is written; files are named as seen from {@code base}.
   *
   * @throws IllegalArgumentException if it is a job without a clip that can be had
   */
  public String address(Path base, String written) {
    return written.startsWith(PREFIX)
        ? address(written, job(written))
        : LocalFile.address(base, written);
  }

  /**
   * What stands for a medium from one day to the next, while links die and files move: the job that
   * made it; empty if no job is written.
   *
   * @throws IllegalArgumentException if there is no such job
   */
  public Optional<String> name(String written) {
    return written.startsWith(PREFIX) ? Optional.of(PREFIX + job(written).id()) : Optional.empty();
  }

  @Override
  public Optional<MediaFacts> probe(String address) throws IOException {
    MediaFacts facts = known.get(address);
    return facts == null ? MediaProbe.FILES.probe(address) : Optional.of(facts);
  }

  private Job job(String written) {
    return jobs.computeIfAbsent(written, this::find);
  }

  private Job find(String written) {
    String name = written.substring(PREFIX.length());
    if (name.isEmpty()) {
      throw new IllegalArgumentException(written + " names no job, such as job:3k9x");
    }
    try (Workshop.Bench bench = source.earlierJobs()) {
      return JobSearch.find(bench.videos(), around, name, source::tell)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      written
                          + ": no job begins with '"
                          + name
                          + "'; "
                          + source.whereToLook(name)));
    }
  }

  private String address(String written, Job job) {
    Clip clip = job.clip().orElse(null);
    boolean isThere = clip != null && Files.isRegularFile(clip.path());
    String link = link(job);
    if (clip != null && isThere && (link == null || source.takesFiles())) {
      return clip.path().toAbsolutePath().normalize().toUri().toString();
    }
    if (link != null) {
      if (clip != null) {
        known.put(link, new MediaFacts(MediaFormat.MP4, clip.bytes(), 0, 0, clip.length(), 0, ""));
      }
      return link;
    }
    throw new IllegalArgumentException(written + ": " + job.id() + " " + why(job, clip));
  }

  private String why(Job job, @Nullable Clip clip) {
    if (job.isPurged()) {
      return "was purged, and its clip with it";
    }
    return clip == null
        ? "has no clip: it is " + job.state().name().toLowerCase(Locale.ROOT)
        : "has its clip no more at "
            + ClipFile.shown(around, clip.path())
            + ", and the provider's link to it is dead; give the file where it is now";
  }

  /** The provider's link, if it lives long enough to be fetched. */
  private @Nullable String link(Job job) {
    // a link is no older than its job; how much younger is known only until the clip is stored
    Instant end = job.linkDiesAt().orElse(job.createdAt().plus(LINK_LIFE));
    return around.clock().instant().plus(TIME_TO_FETCH).isBefore(end)
        ? job.task()
            .map(task -> task.state() instanceof TaskState.Succeeded done ? done.video() : null)
            .map(GeneratedVideo::url)
            .orElse(null)
        : null;
  }
}
