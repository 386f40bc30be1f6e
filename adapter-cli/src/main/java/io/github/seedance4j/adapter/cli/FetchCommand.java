package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code wait} and {@code download} share: a task's id goes in, a clip comes out. */
abstract class FetchCommand extends TaskCommand {

  @Parameters(paramLabel = "TASK", description = "The task's id.")
  String task = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write the clip, a file or a directory. Default: named by the task.")
  @Nullable String output;

  FetchCommand(Surroundings around, Workshop workshop) {
    super(around, workshop);
  }

  /** Fetches the clip; where it must be there already, says so instead of waiting for it. */
  final int fetch(Duration timeout, boolean mustBeThere) {
    TaskId id = judging(() -> new TaskId(task));
    Path clip = judging(() -> ClipFile.choose(around, output, ClipName.of(task)));
    Commands commands = new Commands(around, clip, again(clip));
    Access access = access();
    try (Progress progress = new Progress(talk(), around.clock());
        Workshop.Bench bench =
            workshop.open(new Workshop.Setup(access, Strictness.STRICT, clip, progress))) {
      VideoGeneration videos = bench.videos();
      if (mustBeThere) {
        TaskState state = videos.task(id).state();
        if (!state.isFinal()) {
          return end(
              new Ending(
                  ExitCode.TIMED_OUT,
                  "still-running",
                  "there is no clip yet: the task is " + state.word(),
                  List.of("Wait for it: " + commands.await(task))),
              null);
        }
      }
      Goodbye goodbye = new Goodbye(talk(), progress, videos, false, commands);
      try (Interrupts.Watch watch = around.interrupts().onInterrupt(goodbye)) {
        Job job = videos.adopt(id);
        progress.show(job);
        goodbye.sent(job);
        int exit = follow(videos, job, timeout, progress, commands);
        goodbye.over();
        return exit;
      }
    } catch (SeedanceException e) {
      return end(Ending.of(e, commands), null);
    }
  }

  private String again(Path clip) {
    return command(spec.name(), task, "-o", ClipFile.shown(around, clip));
  }
}
