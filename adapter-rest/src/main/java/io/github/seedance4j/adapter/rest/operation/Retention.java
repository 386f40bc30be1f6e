package io.github.seedance4j.adapter.rest.operation;

import io.github.seedance4j.adapter.rest.exchange.JobPages;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Throws away what is kept too long, or is too much: first a clip, then what was asked for. What it
 * cost stays. A run that was cut off is made good by the next. Thread-safe.
 */
public final class Retention {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");
  private static final Set<JobState> ENDED =
      Arrays.stream(JobState.values())
          .filter(JobState::isEnded)
          .collect(Collectors.toUnmodifiableSet());

  private final VideoGeneration videos;
  private final Path clips;
  private final @Nullable Duration keep;
  private final long maxDisk;

  /**
   * @param clips only files in there are deleted
   * @param keep how long what ended is kept; null for ever
   * @param maxDisk bytes of clips; beyond, the oldest go
   */
  public Retention(VideoGeneration videos, Path clips, @Nullable Duration keep, long maxDisk) {
    this.videos = videos;
    this.clips = clips.toAbsolutePath().normalize();
    this.keep = keep;
    this.maxDisk = maxDisk;
  }

  /** Throws away what is due. */
  public synchronized void sweep(Instant now) {
    if (keep != null) {
      forget(now.minus(keep));
    }
    if (maxDisk != Long.MAX_VALUE) {
      // a moment later than the newest that is too much: it ends before
      tooMuch().ifPresent(newest -> forget(newest.plusNanos(1)));
    }
  }

  private void forget(Instant endedBefore) {
    eachEnded(
        job -> {
          if (job.changedAt().isBefore(endedBefore)) {
            job.clip().ifPresent(this::delete);
          }
        });
    List<Job> forgotten = videos.purge(endedBefore);
    if (!forgotten.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0} generations that ended before {1} were forgotten",
          forgotten.size(),
          endedBefore);
    }
  }

  /** When the newest of those ended for whose clips there is no room any more. */
  private Optional<Instant> tooMuch() {
    NavigableMap<Instant, Long> byEnd = new TreeMap<>(Comparator.reverseOrder());
    eachEnded(
        job ->
            job.clip()
                .filter(this::isOurs)
                .ifPresent(clip -> byEnd.merge(job.changedAt(), clip.bytes(), Long::sum)));
    long bytes = 0;
    for (Map.Entry<Instant, Long> end : byEnd.entrySet()) {
      bytes += end.getValue();
      if (bytes > maxDisk) {
        return Optional.of(end.getKey());
      }
    }
    return Optional.empty();
  }

  private void eachEnded(Consumer<Job> each) {
    JobPages.each(videos, JobQuery.all().in(ENDED), Integer.MAX_VALUE, each);
  }

  /** Others in the same journal are somebody else's to delete, and take none of our room. */
  private boolean isOurs(Clip clip) {
    return clip.path().toAbsolutePath().normalize().startsWith(clips);
  }

  private void delete(Clip clip) {
    if (!isOurs(clip)) {
      return;
    }
    Path file = clip.path();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " can't be deleted", e);
    }
  }
}
