package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commands that messages suggest, ready to be pasted.
 *
 * @param clip where the clip of this run goes; null where none does
 * @param again what to type to try this very thing again
 * @param place where the jobs of this run are kept; null where they end with it
 */
public record Commands(
    Surroundings around, @Nullable Path clip, String again, @Nullable JournalPlace place) {

  String command(String... words) {
    return around.command(words);
  }

  /** Whether the job can be named in another run. */
  public boolean keepsJobs() {
    return place != null;
  }

  /** Whether the provider inside the command makes it, which charges nothing. */
  public boolean isFree() {
    return place != null && place.isOwnSandbox();
  }

  /** A command on the journal of this run. */
  public String kept(String... words) {
    return command(place == null ? words : place.again(words));
  }

  /** Waits for a job and fetches its clip to where this run would have put it. */
  public String await(Job job) {
    String task = job.taskId().map(Object::toString).orElse(job.id().value());
    if (place == null) {
      return await(task);
    }
    boolean known = clip == null || job.clipTarget().equals(Optional.of(clip));
    return known ? kept("wait", job.id().value()) : await(job.id().value());
  }

  /** As {@link #await(Job)}, of a job or a task by its name. */
  public String await(String name) {
    List<String> words = new ArrayList<>(List.of("wait", name));
    if (clip != null) {
      words.addAll(List.of("-o", ClipFile.shown(around, clip)));
    }
    return kept(words.toArray(String[]::new));
  }
}
