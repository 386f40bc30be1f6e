package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.in.VideoGeneration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the job that a person means: by the beginning of its id, or of its task's. */
public final class JobNames {

  private static final String PREFIX = "job-";
  private static final int SHORT = 12;
  private static final int CANDIDATES = 10;

  private JobNames() {}

  /**
   * The one job whose id or task is that, or else begins like that; {@code job-} may be left out. A
   * whole id is preferred to a beginning, a job's id to a task's never.
   *
   * @throws IllegalArgumentException if there are several; the message lists them
   */
  public static Optional<Job> find(VideoGeneration videos, String name) {
    List<Job> found = beginning(videos, name, CANDIDATES + 1);
    if (found.size() > CANDIDATES) { // the whole one may be among those that are left off
      found = beginning(videos, name, Integer.MAX_VALUE);
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
  public static String shortened(Job job) {
    String id = job.id().value();
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  private static List<Job> beginning(VideoGeneration videos, String name, int limit) {
    JobQuery query = JobQuery.all().limit(limit);
    Map<JobId, Job> found = new LinkedHashMap<>();
    if (!name.startsWith(PREFIX)) {
      videos.list(query.beginning(PREFIX + name)).forEach(job -> found.put(job.id(), job));
    }
    videos.list(query.beginning(name)).forEach(job -> found.put(job.id(), job));
    return List.copyOf(found.values());
  }

  private static boolean isCalled(Job job, String name) {
    String id = job.id().value();
    return id.equals(name)
        || id.equals(PREFIX + name)
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
