package io.github.seedance4j.service;

import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.ClipStore;
import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What comes next for a job, and doing it once: send it again, ask for its task, fetch its clip,
 * settle it. When, and how often, is the {@link Follower}'s affair.
 */
final class Steps {

  /** How long the provider keeps a task's record, as upstream says, and a day. */
  private static final Duration RECORDS_LIFE = Duration.ofDays(8);

  private final VideoProvider provider;
  private final VideoFetcher fetcher;
  private final ClipStore clips;
  private final Function<Job, Path> clipFiles;
  private final Submitter submitter;
  private final Gate gate;
  private final Pricing pricing;
  private final Records records;
  private final PollPlan plan;
  private final Timekeeper time;

  Steps(
      VideoProvider provider,
      VideoFetcher fetcher,
      ClipStore clips,
      Function<Job, Path> clipFiles,
      Submitter submitter,
      Gate gate,
      Pricing pricing,
      Records records,
      PollPlan plan,
      Timekeeper time) {
    this.provider = provider;
    this.fetcher = fetcher;
    this.clips = clips;
    this.clipFiles = clipFiles;
    this.submitter = submitter;
    this.gate = gate;
    this.pricing = pricing;
    this.records = records;
    this.plan = plan;
    this.time = time;
  }

  /**
   * Takes a job one step on.
   *
   * @return the job as it stands now; the same version if nothing came of it
   * @throws SeedanceException if it is to be tried again
   */
  Job next(Pursuit pursuit, Job job) throws IOException {
    if (job.state() == JobState.INTENDED) {
      pursuit.unsure = true;
      return submitter.isSending(job.id()) ? job : submitter.giveUpOn(job);
    }
    if (job.state().isDue()) {
      return gate.pass(() -> submitter.resend(job));
    }
    if (job.state() == JobState.SUCCEEDED) {
      return fetchClip(pursuit, job);
    }
    return job.state().isFollowed() ? poll(pursuit, job) : job;
  }

  private Job poll(Pursuit pursuit, Job job) {
    VideoTask task;
    try {
      task = provider.task(taskOf(job));
    } catch (NotFoundException e) {
      if (time.now().isBefore(pursuit.known.plus(plan.notFoundGrace()))) {
        throw e;
      }
      return giveUp(job, null, notFound(e));
    }
    pursuit.known = time.now(); // the grace is for a task that stays unknown, not for one stray 404
    TaskState state = task.state();
    if (state instanceof TaskState.Succeeded) {
      return records.advance(job, JobState.SUCCEEDED, next -> next.task(task));
    }
    if (state instanceof TaskState.Failed failed) {
      return end(job, JobState.FAILED, task, failed.fault());
    }
    if (state instanceof TaskState.Cancelled) {
      return end(job, JobState.CANCELLED, task, null);
    }
    if (state instanceof TaskState.Expired) {
      return end(job, JobState.EXPIRED, task, null);
    }
    if (time.now().isAfter(pursuit.since.plus(plan.giveUpAfter()))) {
      return giveUp(job, task, null);
    }
    return stillGoing(job, task);
  }

  /** Recorded only when the provider's word is a new one. A task that ran does not queue again. */
  private Job stillGoing(Job job, VideoTask task) {
    String known = job.task().map(seen -> seen.state().word()).orElse("");
    if (known.equals(task.state().word())) {
      return job;
    }
    JobState state = task.state() instanceof TaskState.Queued ? job.state() : JobState.RUNNING;
    return records.advance(job, state, next -> next.task(task));
  }

  private Job end(Job job, JobState state, @Nullable VideoTask task, @Nullable ProviderFault why) {
    return records.advance(
        job, state, next -> next.task(task).fault(why).bill(pricing.failure(job)));
  }

  private static ProviderFault notFound(NotFoundException e) {
    return new ProviderFault(ProviderFault.Kind.NOT_FOUND, null, e.getMessage(), null);
  }

  /** Not the provider's word but ours: it may well have made and charged the clip. */
  private Job giveUp(Job job, @Nullable VideoTask task, @Nullable ProviderFault why) {
    return records.advance(
        job, JobState.EXPIRED, next -> next.task(task).fault(why).bill(pricing.lost(job)));
  }

  private Job fetchClip(Pursuit pursuit, Job job) throws IOException {
    Clip clip = job.clip().orElse(null);
    Job fetched = job;
    if (clip == null) {
      Clip downloaded;
      try {
        downloaded = download(pursuit, job);
      } catch (NotFoundException e) {
        if (time.now().isBefore(job.changedAt().plus(RECORDS_LIFE))) {
          throw e;
        }
        return giveUp(job, job.task().orElse(null), notFound(e)); // the last trace of it is gone
      }
      fetched =
          records.change(
              job.id(),
              current -> current.state() == JobState.SUCCEEDED,
              (current, next) -> next.clip(downloaded));
      clip = downloaded;
    }
    if (fetched.state() != JobState.SUCCEEDED) {
      return fetched;
    }
    Clip whole = clip;
    clips.store(fetched, whole);
    return records.advance(
        fetched,
        JobState.STORED,
        next ->
            next.bill(pricing.success(job, whole.length()))
                .note(
                    next.done()
                        .excess()
                        .map(more -> "billed " + more + " more than was held for it")
                        .orElse(null)));
  }

  private Clip download(Pursuit pursuit, Job job) throws IOException {
    String url = link(job.task().orElse(null)).orElse(null);
    if (url == null) {
      url = freshLink(job);
    }
    Path target = clipFiles.apply(job);
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    try {
      return fetcher.fetch(url, target, progress -> records.tell(job, progress));
    } catch (LinkExpiredException e) {
      // that the provider signs anew is assumed, not stated: one question is what it is worth
      if (pursuit.askedForNewLink) {
        throw e;
      }
      pursuit.askedForNewLink = true;
      return fetcher.fetch(freshLink(job), target, progress -> records.tell(job, progress));
    }
  }

  private String freshLink(Job job) {
    VideoTask task = provider.task(taskOf(job));
    return link(task)
        .orElseThrow(
            () ->
                new RetryLaterException(
                    "task " + task.id() + " is " + task.state().word() + " without a link",
                    null,
                    null));
  }

  private static Optional<String> link(@Nullable VideoTask task) {
    return task != null && task.state() instanceof TaskState.Succeeded succeeded
        ? Optional.of(succeeded.video()).map(GeneratedVideo::url)
        : Optional.empty();
  }

  private static TaskId taskOf(Job job) {
    return job.taskId().orElseThrow();
  }
}
