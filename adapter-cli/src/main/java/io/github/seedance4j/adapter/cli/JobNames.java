package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.in.VideoGeneration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the job that a person means: by the beginning of its id, or of its task's. */
final class JobNames {

  private static final String PREFIX = "job-";
  private static final int SHORT = 12;
  private static final int CANDIDATES = 10;

  private JobNames() {}

  /**
   * The one job whose id or task is that, or else begins like that; {@code job-} may be left out.
   *
   * @throws IllegalArgumentException if there are several; the message lists them
   */
  static Optional<Job> find(VideoGeneration videos, String name) {
    List<Job> found = beginning(videos, name);
    if (found.isEmpty() && !name.startsWith(PREFIX)) {
      found = beginning(videos, PREFIX + name);
    }
    List<Job> exact = found.stream().filter(job -> isCalled(job, name)).toList();
    List<Job> meant = exact.isEmpty() ? found : exact;
    if (meant.size() > 1) {
      throw new IllegalArgumentException(
          "'" + name + "' may be any of several jobs; type more of the id:\n" + listed(meant));
    }
    return meant.stream().findFirst();
  }

  /** Whether that can only be the name of a job of ours. */
  static boolean isOurs(String name) {
    return name.startsWith(PREFIX);
  }

  /** Enough of an id to tell a job from others, and to be typed. */
  static String shortened(Job job) {
    String id = job.id().value();
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  private static List<Job> beginning(VideoGeneration videos, String name) {
    return videos.list(JobQuery.all().beginning(name).limit(CANDIDATES + 1));
  }

  private static boolean isCalled(Job job, String name) {
    return job.id().value().equals(name)
        || job.taskId().map(task -> task.value().equals(name)).orElse(false);
  }

  private static String listed(List<Job> jobs) {
    String list =
        jobs.stream()
            .limit(CANDIDATES)
            .map(
                job ->
                    "  "
                        + job.id()
                        + "  "
                        + job.state().name().toLowerCase(Locale.ROOT)
                        + job.taskId().map(task -> "  " + task).orElse(""))
            .collect(Collectors.joining("\n"));
    return jobs.size() > CANDIDATES ? list + "\n  …" : list;
  }
}
