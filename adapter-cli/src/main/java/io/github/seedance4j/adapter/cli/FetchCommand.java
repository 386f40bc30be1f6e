package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@code wait} and {@code download} share: a task's id goes in, a clip comes out. */
abstract class FetchCommand extends TaskCommand {

  private final Flag<String> id;
  private final Flag<String> output;

  FetchCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    super(name, description, around, workshop, footer);
    id = flags.argument("TASK", "The task's id.");
    output =
        flags.text(
            "FILE",
            "Where to write the clip, a file or a directory. Default: named by the task.",
            "-o",
            "--output");
  }

  /** Fetches the clip; where it must be there already, says so instead of waiting for it. */
  final int fetch(Duration timeout, boolean mustBeThere) {
    TaskId task = task(id);
    String name = task.value();
    Path clip = judging(() -> ClipFile.choose(around, output.value(), ClipName.ofTask(name)));
    Commands commands = new Commands(around, clip, again(name, clip));
    Access access = accessForClips();
    try {
      TaskState state = state(access, task);
      if (mustBeThere && !state.isFinal()) {
        return end(
            new Ending(
                ExitCode.TIMED_OUT,
                "still-running",
                "there is no clip yet: the task is " + state.word(),
                List.of("Wait for it: " + commands.await(name))),
            null);
      }
      Workshop.Polling pace = state.isFinal() ? Workshop.Polling.AT_ONCE : Workshop.Polling.USUAL;
      return follow(task, access, clip, pace, timeout, commands);
    } catch (SeedanceException e) {
      return end(Ending.ofLookup(e, commands), null);
    }
  }

  /** Asks once before anything else: a mistyped id or key is to be said at once. */
  private TaskState state(Access access, TaskId task) {
    try (Workshop.Bench bench = open(Workshop.Setup.to(access, around))) {
      return bench.videos().task(task).state();
    }
  }

  private int follow(
      TaskId task,
      Access access,
      Path clip,
      Workshop.Polling pace,
      Duration timeout,
      Commands commands) {
    try (Progress progress = new Progress(talk(), around.clock());
        Workshop.Bench bench =
            open(
                Workshop.Setup.to(access, around)
                    .clips(job -> clip)
                    .telling(progress)
                    .asking(pace))) {
      VideoGeneration videos = bench.videos();
      Goodbye goodbye = new Goodbye(talk(), progress, videos, false, commands);
      return around
          .interrupts()
          .during(
              () -> {
                Job job = videos.adopt(task);
                progress.show(job);
                goodbye.sent(job);
                int exit = follow(videos, job, timeout, progress, commands);
                goodbye.over();
                return exit;
              },
              goodbye);
    }
  }

  private String again(String task, Path clip) {
    return command(spec.name(), task, "-o", ClipFile.shown(around, clip));
  }
}
