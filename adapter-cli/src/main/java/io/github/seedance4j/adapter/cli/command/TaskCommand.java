package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the commands that deal with a task at the provider share. */
public abstract class TaskCommand extends JournalCommand {

  /** Clips of 15 s have been seen to take eight minutes, and queues add to that. */
  protected static final Duration USUAL_TIMEOUT = Duration.ofMinutes(30);

  private static final Duration UNREACHABLE_AFTER = Duration.ofSeconds(20);

  protected TaskCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    super(name, description, around, workshop, footer);
  }

  /** Declares the flag of those that wait for a clip. */
  protected final Flag<Duration> timeout() {
    return flags.converted(
        Duration.class,
        new Values.Time(),
        "TIME",
        "How long to wait: 90s, 30m, 1h. Default: 30m.",
        "-t",
        "--timeout");
  }

  /** The provider and the key, from the environment. */
  protected final Access access() {
    return judging(() -> Access.of(around, talk()::note));
  }

  /** As {@link #access}, for those who are going to fetch a clip. */
  protected final Access accessForClips() {
    Access access = access();
    return judging(access::forClips);
  }

  /**
   * A task that the journal doesn't know; what is called like a job can't be one, and the provider
   * inside the command has none of earlier commands.
   */
  protected final TaskId task(String name) {
    return judging(
        () -> {
          boolean isJob = JobNames.isOurs(name) || place.isOwnSandbox();
          if (isJob || place.elsewhere(workshop, name).isPresent()) {
            throw new IllegalArgumentException(unknown("no job", name));
          }
          return new TaskId(name);
        });
  }

  /** A job can be asked for only where, and as whom, it was sent. */
  protected final void requireOurs(Job job, ProviderAccount here) {
    ProviderAccount there = job.account();
    if (there.equals(here)) {
      return;
    }
    boolean address = !there.baseUrl().equals(here.baseUrl());
    throw usage(
        job.id()
            + " was sent "
            + (address ? "to " + there.baseUrl() : "with another key")
            + " ("
            + there.fingerprint()
            + "), and this is "
            + (address ? here.baseUrl() : here.fingerprint())
            + ": set "
            + (address ? Access.BASE_URL : Access.KEY)
            + " to that");
  }

  /** Waits for a job's clip and shows it, or tells why there is none. */
  protected final int follow(
      VideoGeneration videos, Job job, Duration timeout, Progress progress, Commands commands) {
    progress.show(job);
    Instant end = around.clock().instant().plus(timeout);
    // a person sits there: an address that can't be reached should be said before long
    Duration patience = UNREACHABLE_AFTER;
    String trouble = "";
    while (true) {
      try {
        Duration left = Duration.between(around.clock().instant(), end);
        left = left.isNegative() ? Duration.ZERO : left;
        boolean first = !patience.isZero() && patience.compareTo(left) < 0;
        Job done = videos.await(job.id(), first ? patience : left);
        progress.end();
        Optional<Clip> clip = done.clip();
        return done.state() == JobState.STORED && clip.isPresent()
            ? finished(done, delivered(videos, done, clip.get()))
            : end(ended(done, progress, commands), done);
      } catch (StillRunningException e) {
        if (!patience.isZero() && around.clock().instant().isBefore(end)) {
          boolean stuck = isStuck(e.job(), progress);
          if (!stuck) {
            patience = Duration.ZERO;
            continue;
          }
          progress.end();
          Job given = settled(videos, e.job(), progress);
          if (given.taskId().isPresent()) {
            return end(Ending.stillRunning("it was sent at last", given, commands), given);
          }
          return end(ended(given, progress, commands), given);
        }
        progress.end();
        Job last = settled(videos, e.job(), progress);
        String what = "no clip after " + progress.elapsed();
        return end(
            last.state() == JobState.UNKNOWN
                    || last.state() == JobState.REJECTED
                    || last.state() == JobState.WITHDRAWN
                ? ended(last, progress, commands)
                : Ending.stillRunning(what, last, commands),
            last);
      } catch (RetryLaterException e) {
        // it is paid for, and the service goes on trying: so does whoever waits for it
        String what = String.valueOf(e.getMessage());
        if (!what.equals(trouble)) {
          trouble = what;
          talk().note(what + "; still trying");
        }
      } catch (SeedanceException e) {
        progress.end();
        Job last = progress.latest().orElse(job);
        return end(Ending.whileFollowing(e, last, commands), last);
      }
    }
  }

  /** Whether no connection is made for it; one that the provider asked to wait is none of these. */
  private static boolean isStuck(Job job, Progress progress) {
    return job.taskId().isEmpty()
        && job.state() != JobState.THROTTLED
        && progress.unsent().isPresent();
  }

  /** Of a job that came to its end, with what kept it from being sent. */
  private static Ending ended(Job job, Progress progress, Commands commands) {
    Optional<String> unsent = progress.unsent();
    return job.state() == JobState.WITHDRAWN && unsent.isPresent()
        ? Ending.notSent(unsent.get())
        : Ending.of(job, commands);
  }

  /**
   * Makes sure that a job without a task is not sent after all once we have said that it was not:
   * takes it back, or waits out the call that is under way.
   */
  protected static Job settled(VideoGeneration videos, Job job, Progress progress) {
    if (job.taskId().isPresent()) {
      return job;
    }
    try {
      return videos.withdraw(job.id());
    } catch (IllegalStateException beingSent) {
      videos.close();
      return progress.newest(videos, job);
    }
  }

  /** What a finished clip cost, as the end of the line that tells of it. */
  protected String cost(Bill bill) {
    return ", " + QuoteText.cost(bill);
  }

  /** The clip where the user wants it. */
  protected Clip delivered(VideoGeneration videos, Job job, Clip clip) {
    return clip;
  }

  /** Tells of a clip that is whole and here. */
  protected final int finished(Job job, Clip clip) {
    talk()
        .say(
            "Done: "
                + QuoteText.seconds(clip.length().seconds())
                + " s, "
                + Progress.size(clip.bytes())
                + job.bill().map(this::cost).orElse(""));
    if (json.or(false)) {
      result(new Report().job(job).clip(clip).put("exit", ExitCode.DONE).line());
    } else {
      result(ClipFile.shown(around, clip.path()));
    }
    return ExitCode.DONE;
  }
}
