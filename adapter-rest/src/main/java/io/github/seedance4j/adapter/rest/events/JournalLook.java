package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.adapter.rest.generation.JobView;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at the journal for what no feed tells: what other gateways do to the jobs that somebody
 * watches. One thread at a time.
 */
final class JournalLook {

  /** How many jobs one look at a tenant takes in. */
  static final int MOST = 500;

  private static final int NEWEST = 100;
  private static final int MOST_ASKED_FOR = 200;

  /** A client that was away for longer lists anew. */
  private static final Duration LONGEST_GAP = Duration.ofHours(24);

  /** Upstream gives tasks up after three days at the latest. */
  private static final Duration LONGEST_JOB = Duration.ofDays(3);

  private static final Set<JobState> OPEN =
      Arrays.stream(JobState.values())
          .filter(state -> !state.isEnded())
          .collect(Collectors.toUnmodifiableSet());

  private final VideoGeneration videos;
  private final JobView view;

  JournalLook(VideoGeneration videos, JobView view) {
    this.videos = videos;
    this.view = view;
  }

  /** Tells the streams what there is. */
  void look(Collection<EventStream> streams) {
    Map<JobId, List<OneJob>> single = new HashMap<>();
    Map<Optional<String>, List<ManyJobs>> many = new HashMap<>();
    for (EventStream stream : streams) {
      if (stream instanceof OneJob one) {
        single.computeIfAbsent(one.id(), id -> new ArrayList<>()).add(one);
      } else if (stream instanceof ManyJobs all) {
        many.computeIfAbsent(all.label(), label -> new ArrayList<>()).add(all);
      }
    }
    single.forEach(
        (id, watching) -> videos.find(id).ifPresent(job -> tell(List.of(job), watching)));
    many.forEach(this::lookAt);
  }

  private void lookAt(Optional<String> label, List<ManyJobs> watching) {
    JobQuery query = of(label);
    Map<JobId, Job> found = new LinkedHashMap<>();
    videos.list(query.in(OPEN).limit(MOST - NEWEST)).forEach(job -> found.put(job.id(), job));
    videos.list(query.limit(NEWEST)).forEach(job -> found.put(job.id(), job));
    // what was open when it was last told, and is in neither list, has ended, or there are many
    watching.stream()
        .flatMap(stream -> stream.open().stream())
        .filter(id -> !found.containsKey(id))
        .distinct()
        .limit(MOST_ASKED_FOR)
        .toList()
        .forEach(id -> videos.find(id).ifPresent(job -> found.put(id, job)));
    tell(found.values(), watching);
  }

  private static JobQuery of(Optional<String> label) {
    return label.map(JobQuery.all()::labelled).orElse(JobQuery.all());
  }

  private void tell(Collection<Job> jobs, List<? extends EventStream> watching) {
    for (Job job : jobs) {
      Change change = new Change(job, view);
      watching.forEach(stream -> stream.seen(change));
    }
  }

  /**
   * What changed at the earliest then, oldest change first.
   *
   * @return empty if that can't be said: it was too long ago, or too much happened since
   */
  static Optional<List<Job>> since(
      VideoGeneration videos, Optional<String> label, Instant since, Instant now) {
    if (since.isBefore(now.minus(LONGEST_GAP))) {
      return Optional.empty();
    }
    JobQuery query = of(label);
    List<Job> newest = videos.list(query.limit(MOST));
    List<Job> unfinished = videos.list(query.in(OPEN).limit(MOST));
    boolean more =
        newest.size() == MOST && newest.get(MOST - 1).createdAt().isAfter(since.minus(LONGEST_JOB));
    if (more || unfinished.size() == MOST) {
      return Optional.empty();
    }
    Map<JobId, Job> found = new LinkedHashMap<>();
    newest.forEach(job -> found.put(job.id(), job));
    unfinished.forEach(job -> found.putIfAbsent(job.id(), job));
    return Optional.of(
        found.values().stream().sorted(Comparator.comparing(Job::changedAt)).toList());
  }
}
