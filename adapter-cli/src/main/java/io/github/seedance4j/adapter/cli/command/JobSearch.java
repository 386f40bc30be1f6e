package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds jobs by what people remember of them: some words, or what the clip is called. */
public final class JobSearch {

  private static final String CLIP = ".mp4";
  private static final int NEWEST = 500;

  private JobSearch() {}

  /** Whether prompt, label and clip's name together have all of that, in capitals or not. */
  public static boolean has(Job job, List<String> words) {
    String text =
        plain(
            job.draft().prompt().orElse("")
                + "\n"
                + job.label().orElse("")
                + "\n"
                + file(job).map(JobSearch::name).orElse(""));
    return words.stream().allMatch(word -> text.contains(plain(word)));
  }

  /**
   * The job whose id, task or clip is called that. A name like a file's is looked for among clips
   * first, any other among ids. Of several clips the newest that is there is meant, which is said.
   *
   * @throws IllegalArgumentException if ids of several jobs begin like that; the message lists them
   */
  public static Optional<Job> find(
      VideoGeneration videos, Surroundings around, String name, Consumer<String> say) {
    boolean file = isFile(name);
    Optional<Job> clip = file ? ofClip(videos, around, name, say) : Optional.empty();
    return clip.or(() -> JobNames.find(videos, name))
        .or(() -> file ? Optional.empty() : ofClip(videos, around, name, say));
  }

  /** Whether that is called like a clip rather than like a job. */
  public static boolean isFile(String name) {
    return name.contains("/") || name.contains("\\") || plain(name).endsWith(CLIP);
  }

  /** Of the newest jobs the one whose clip came last and is there; else whose clip came last. */
  public static Optional<Job> latest(VideoGeneration videos) {
    List<Job> stored =
        videos.list(JobQuery.all().in(Set.of(JobState.STORED)).limit(NEWEST)).stream()
            .filter(job -> job.clip().isPresent())
            .sorted(Comparator.comparing(Job::changedAt).reversed())
            .toList();
    return stored.stream()
        .filter(ClipFile::isThere)
        .findFirst()
        .or(() -> stored.stream().findFirst());
  }

  private static Optional<Job> ofClip(
      VideoGeneration videos, Surroundings around, String name, Consumer<String> say) {
    Path path = path(around, name);
    if (path == null) {
      return Optional.empty();
    }
    List<Job> very = new ArrayList<>();
    List<Job> called = new ArrayList<>();
    String wanted = plain(name(path));
    JobPages.each(
        videos,
        JobQuery.all(),
        Integer.MAX_VALUE,
        job -> {
          Path file = file(job).orElse(null);
          if (file != null) {
            String is = plain(name(file));
            if (file.equals(path)) {
              very.add(job);
            } else if (is.equals(wanted) || is.equals(wanted + CLIP)) {
              called.add(job);
            }
          }
          return true;
        });
    List<Job> meant = very.isEmpty() ? called : very;
    Optional<Job> there = meant.stream().filter(ClipFile::isThere).findFirst();
    Optional<Job> found = there.or(() -> meant.stream().findFirst());
    if (meant.size() > 1) {
      found.ifPresent(
          job ->
              say.accept(
                  meant.size()
                      + " clips are called "
                      + name
                      + ": this is of "
                      + job.id()
                      + ", the newest"
                      + (there.isPresent() ? " that is there" : "")));
    }
    return found;
  }

  private static @Nullable Path path(Surroundings around, String name) {
    try {
      Path path = around.directory().resolve(name).normalize();
      return name.isBlank() || path.getFileName() == null || Files.isDirectory(path) ? null : path;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Where its clip is, or will be. */
  private static Optional<Path> file(Job job) {
    return job.clip().map(Clip::path).or(job::clipTarget);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** As macOS and others write it, in small letters. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
