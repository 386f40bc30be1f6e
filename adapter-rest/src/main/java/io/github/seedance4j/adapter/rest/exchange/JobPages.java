package io.github.seedance4j.adapter.rest.exchange;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.in.VideoGeneration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes through jobs a few at a time: each may hold pictures of 16 MB within its request, and a few
 * hundred of those at once are more than there is memory.
 */
public final class JobPages {

  private static final int PAGE = 16;

  private JobPages() {}

  /**
   * Shows each job to somebody who does not keep it.
   *
   * @param most how many at the most; {@link Integer#MAX_VALUE} for all
   * @return how many they were
   */
  public static int each(VideoGeneration videos, JobQuery query, int most, Consumer<Job> each) {
    JobQuery next = query;
    int count = 0;
    while (count < most) {
      int wanted = Math.min(PAGE, most - count);
      List<Job> page = videos.list(next.limit(wanted));
      page.forEach(each);
      count += page.size();
      if (page.size() < wanted) {
        break;
      }
      next = next.behind(page.get(page.size() - 1).id());
    }
    return count;
  }
}
