package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;

/** Asks the provider for a task, and changes nothing. */
final class StatusCommand extends TaskCommand {

  private final Flag<String> id;

  StatusCommand(Surroundings around, Workshop workshop) {
    super(
        "status",
        "Ask where a task stands. Exit 5 if it failed, else 0.",
        around,
        workshop,
        "%nExample:",
        "  seedance status TASK");
    id = flags.argument("TASK", "The task's id.");
  }

  @Override
  public Integer call() {
    TaskId task = task(id);
    String name = task.value();
    Commands commands = new Commands(around, null, command("status", name));
    Workshop.Setup setup = Workshop.Setup.to(access(), around);
    try (Workshop.Bench bench = open(setup)) {
      return show(bench.videos().task(task), commands);
    } catch (SeedanceException e) {
      return end(Ending.ofLookup(e, commands), null);
    }
  }

  private int show(VideoTask found, Commands commands) {
    TaskState state = found.state();
    boolean failed = state.isFinal() && !(state instanceof TaskState.Succeeded);
    int exit = failed ? ExitCode.TASK_FAILED : ExitCode.DONE;
    if (json.or(false)) {
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
      result(Talk.printable(state.word()));
    }
    if (state instanceof TaskState.Failed f) {
      talk().say(f.fault().text());
    } else if (state instanceof TaskState.Succeeded) {
      talk()
          .say("Fetch the clip within a day: " + commands.command("download", found.id().value()));
    } else if (!state.isFinal()) {
      talk().say("Wait for it: " + commands.await(found.id().value()));
    }
    return exit;
  }
}
