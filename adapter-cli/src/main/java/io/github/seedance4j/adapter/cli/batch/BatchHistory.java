package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What earlier runs made of a batch's clips, and what is still to be done about each. */
public final class BatchHistory {

  private static final Set<JobState> NEVER_MADE = EnumSet.of(JobState.REJECTED, JobState.WITHDRAWN);

  private static final Set<JobState> CAME_TO_NOTHING =
      EnumSet.of(
          JobState.FAILED,
          JobState.CANCELLED,
          JobState.EXPIRED,
          JobState.LOST,
          JobState.REJECTED,
          JobState.WITHDRAWN);

  private final Map<String, Attempts> attempts = new HashMap<>();
  private final boolean retryFailed;

  /** The jobs that there are for one item, the latest last. */
  private record Attempts(List<Job> jobs) {
    @Nullable Job latest() {
      return jobs.isEmpty() ? null : jobs.get(jobs.size() - 1);
    }
  }

  private BatchHistory(boolean retryFailed) {
    this.retryFailed = retryFailed;
  }

  /** Where nothing is remembered. */
  public static BatchHistory none() {
    return new BatchHistory(false);
  }

  /**
   * Looks every item up.
   *
   * @param retryFailed whether what may have been charged and came to nothing is to be paid again
   */
  static BatchHistory of(List<BatchItem> items, VideoGeneration videos, boolean retryFailed) {
    BatchHistory history = new BatchHistory(retryFailed);
    for (BatchItem item : items) {
      history.attempts.put(item.key(), attempts(item.key(), videos));
    }
    return history;
  }

  /** Whether nothing more is to be done about any take of the line of that key. */
  static boolean hasEnded(String line, int takes, VideoGeneration videos, boolean retryFailed) {
    BatchHistory history = new BatchHistory(retryFailed);
    for (int take = 1; take <= takes; take++) {
      Job latest = attempts(BatchKeys.take(line, take), videos).latest();
      if (latest == null || latest.state().isUnfinished() || history.isToBeRepeated(latest)) {
        return false;
      }
    }
    return true;
  }

  private static Attempts attempts(String take, VideoGeneration videos) {
    List<Job> jobs = new ArrayList<>();
    while (true) {
      Job job = videos.findByKey(BatchKeys.attempt(take, jobs.size() + 1)).orElse(null);
      if (job == null) {
        return new Attempts(jobs);
      }
      jobs.add(job);
    }
  }

  /** The job that stands for an item; null if it is still to be sent, whether or not again. */
  @Nullable Job job(BatchItem item) {
    Job latest = of(item).latest();
    return latest == null || isToBeRepeated(latest) ? null : latest;
  }

  /** Whether nothing more is to be done about an item. */
  boolean hasEnded(BatchItem item) {
    Job job = job(item);
    return job != null && !job.state().isUnfinished();
  }

  /** The key under which the item's next job is submitted. */
  String nextKey(BatchItem item) {
    return BatchKeys.attempt(item.key(), of(item).jobs().size() + 1);
  }

  /** The jobs that came to nothing and don't stand for their items any more. */
  List<Job> superseded(List<BatchItem> items) {
    return items.stream()
        .flatMap(
            item -> {
              Job current = job(item);
              return of(item).jobs().stream().filter(job -> !job.equals(current));
            })
        .toList();
  }

  /** What all jobs of these items count up to now. */
  Money counted(List<BatchItem> items) {
    Money sum = Money.zero(items.get(0).quote().high().currency());
    for (BatchItem item : items) {
      for (Job job : of(item).jobs()) {
        sum = sum.plus(job.counted().orElse(Money.zero(sum.currency())));
      }
    }
    return sum;
  }

  /** The same of those under another label: a cap on that label knows nothing of them. */
  Money countedOutside(String label, List<BatchItem> items) {
    Money sum = Money.zero(items.get(0).quote().high().currency());
    for (BatchItem item : items) {
      for (Job job : of(item).jobs()) {
        boolean counts = job.label().equals(Optional.of(label));
        sum = counts ? sum : sum.plus(job.counted().orElse(Money.zero(sum.currency())));
      }
    }
    return sum;
  }

  /** Ids that stand for another request than they did before. */
  List<BatchLine.Problem> conflicts(List<BatchItem> items, Workshop workshop) {
    List<BatchLine.Problem> conflicts = new ArrayList<>();
    for (BatchItem item : items) {
      Job job = job(item);
      if (job != null && isOfAnother(item, job, workshop)) {
        conflicts.add(
            new BatchLine.Problem(
                item.line().number(),
                "id-used",
                "id: '"
                    + item.line().id()
                    + "' was used for another request before, "
                    + job.id()
                    + " ("
                    + (job.isPurged() ? "purged" : BatchEnd.word(job.state()))
                    + "); give this one another id"));
      }
    }
    return conflicts;
  }

  /**
   * Whether a job was asked for by another request than stands there now. Of a purged one the
   * digest of what was sent is left, which differs each time that a file is staged anew.
   */
  private static boolean isOfAnother(BatchItem item, Job job, Workshop workshop) {
    if (!job.isPurged()) {
      return !isSentAs(item, job);
    }
    return item.line().id() != null
        && item.line().media().files().isEmpty()
        && job.bodySha256()
            .filter(sent -> !sent.equals(workshop.bodySha256(item.request())))
            .isPresent();
  }

  private static boolean isSentAs(BatchItem item, Job job) {
    try {
      return item.line().media().isSentAs(job.draft());
    } catch (IOException e) {
      return false; // gone by now
    }
  }

  /**
   * Files that changed after what an id stands for was sent, each with that id: whether they are
   * others than those nobody can tell where they were staged. Lines without an id are known by what
   * is in their files.
   */
  Set<String> doubts(List<BatchItem> items) {
    Set<String> doubts = new LinkedHashSet<>();
    for (BatchItem item : items) {
      Job job = job(item);
      if (job != null && !job.isPurged() && item.line().id() != null) {
        item.line()
            .media()
            .changedSince(job.createdAt())
            .forEach(file -> doubts.add(file.getFileName() + " ('" + item.line().id() + "')"));
      }
    }
    return doubts;
  }

  /** Whether an ended job is certain never to have been charged, so that it may be sent again. */
  static boolean isFree(Job job) {
    if (Access.isOwnSandbox(job.account())) {
      return CAME_TO_NOTHING.contains(job.state());
    }
    // of one that was sent again by hand the attempt before may have been charged
    return NEVER_MADE.contains(job.state()) && job.authorisations() <= 1;
  }

  private boolean isToBeRepeated(Job job) {
    return isFree(job) || (retryFailed && CAME_TO_NOTHING.contains(job.state()));
  }

  private Attempts of(BatchItem item) {
    return attempts.getOrDefault(item.key(), new Attempts(List.of()));
  }
}
