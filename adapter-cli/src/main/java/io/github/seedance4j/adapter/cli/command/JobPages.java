package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.in.VideoGeneration;
import java.util.List;
import java.util.function.Predicate;

/** Goes through jobs page by page: a journal may be longer than there is room for at once. */
public final class JobPages {

  /** So few that there is room for them even if each holds its pictures inside. */
  private static final int PAGE = 10;

  private JobPages() {}

  /**
   * Shows each job, newest first, without what stands inside its request.
   *
   * @param most how many at most
   * @param goesOn false once the rest need not be shown
   */
  public static void each(VideoGeneration videos, JobQuery query, int most, Predicate<Job> goesOn) {
    JobQuery rest = query;
    int seen = 0;
    while (seen < most) {
      int size = Math.min(PAGE, most - seen);
      List<Job> page = videos.list(rest.limit(size));
      for (Job job : page) {
        if (!goesOn.test(InlineMedia.abridged(job))) {
          return;
        }
      }
      if (page.size() < size) {
        return;
      }
      seen += size;
      rest = rest.behind(page.get(page.size() - 1).id());
    }
  }
}
