package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks the provider for a task, and changes nothing. */
@Command(
    name = "status",
    description = "Ask where a task stands. Exit 5 if it failed, else 0.",
    footer = {"%nExample:", "  seedance status task_1a2b3c"})
final class StatusCommand extends TaskCommand {

  @Parameters(paramLabel = "TASK", description = "The task's id.")
  String task = "";

  StatusCommand(Surroundings around, Workshop workshop) {
    super(around, workshop);
  }

  @Override
  public Integer call() {
    TaskId id = judging(() -> new TaskId(task));
    Commands commands = new Commands(around, null, command("status", task));
    Workshop.Setup setup =
        new Workshop.Setup(
            access(),
            Strictness.STRICT,
            around.directory().resolve(ClipName.of(task) + ".mp4"),
            event -> {});
    try (Workshop.Bench bench = workshop.open(setup)) {
      return show(bench.videos().task(id), commands);
    } catch (SeedanceException e) {
      return end(Ending.of(e, commands), null);
    }
  }

  private int show(VideoTask found, Commands commands) {
    TaskState state = found.state();
    boolean failed = state.isFinal() && !(state instanceof TaskState.Succeeded);
    int exit = failed ? ExitCode.TASK_FAILED : ExitCode.DONE;
    if (json) {
      Report report =
          new Report()
              .put("task", found.id())
              .put("state", state.word())
              .put("model", found.model());
      if (state instanceof TaskState.Failed f) {
        report.put("fault", f.fault().text());
      }
      result(report.put("exit", exit).line());
    } else {
      result(state.word());
    }
    if (state instanceof TaskState.Failed f) {
      talk().say(f.fault().text());
    } else if (state instanceof TaskState.Succeeded) {
      talk().say("Fetch the clip within a day: " + commands.command("download", task));
    } else if (!state.isFinal()) {
      talk().say("Wait for it: " + commands.await(task));
    }
    return exit;
  }
}
