package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the commands that deal with a task at the provider share. */
abstract class TaskCommand extends SeedanceCommand {

  final Flag<Boolean> json;

  TaskCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    super(name, description, around, workshop, footer);
    json = flags.common("Write the result as one JSON object.", "--json");
  }

  /** The provider and the key, from the environment. */
  final Access access() {
    return judging(() -> Access.of(around, talk()::note));
  }

  /** Waits for a job's clip and shows it, or tells why there is none. */
  final int follow(
      VideoGeneration videos, Job job, Duration timeout, Progress progress, Commands commands) {
    progress.show(job);
    Instant end = around.clock().instant().plus(timeout);
    String trouble = "";
    while (true) {
      try {
        Duration left = Duration.between(around.clock().instant(), end);
        Job done = videos.await(job.id(), left.isNegative() ? Duration.ZERO : left);
        progress.end();
        Optional<Clip> clip = done.clip();
        return done.state() == JobState.STORED && clip.isPresent()
            ? finished(done, clip.get())
            : end(Ending.of(done, commands), done);
      } catch (StillRunningException e) {
        progress.end();
        Job last = settled(videos, e.job());
        String what = "no clip after " + progress.elapsed();
        return end(
            last.state() == JobState.UNKNOWN || last.state() == JobState.REJECTED
                ? Ending.of(last, commands)
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

  /**
   * Makes sure that a job without a task is not sent after all once we have said that it was not:
   * takes it back, or waits out the call that is under way.
   */
  static Job settled(VideoGeneration videos, Job job) {
    if (job.taskId().isPresent()) {
      return job;
    }
    try {
      return videos.withdraw(job.id());
    } catch (IllegalStateException beingSent) {
      videos.close();
      return videos.find(job.id()).orElse(job);
    }
  }

  /** Tells how it ended; with {@code --json} on standard output too. */
  final int end(Ending ending, @Nullable Job job) {
    talk().error(ending.what());
    ending.next().forEach(next -> talk().insist("  " + next));
    if (json.or(false) && !talk().isOver()) {
      Report report = new Report();
      result(
          (job == null ? report : report.job(job))
              .ending(ending)
              .put("exit", ending.exit())
              .line());
    }
    return ending.exit();
  }

  private int finished(Job job, Clip clip) {
    String cost = Progress.cost(job);
    talk()
        .say(
            "Done: "
                + QuoteText.seconds(clip.length().seconds())
                + " s, "
                + Progress.size(clip.bytes())
                + (cost.isEmpty() ? "" : "," + cost.substring(1)));
    if (json.or(false)) {
      result(new Report().job(job).clip(clip).put("exit", ExitCode.DONE).line());
    } else {
      result(ClipFile.shown(around, clip.path()));
    }
    return ExitCode.DONE;
  }
}
