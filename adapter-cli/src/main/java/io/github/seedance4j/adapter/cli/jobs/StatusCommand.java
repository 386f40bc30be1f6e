package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobNames;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.TaskCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the provider for a task, and changes nothing. */
public final class StatusCommand extends TaskCommand {

  private static final Set<JobState> FAILED =
      EnumSet.of(JobState.REJECTED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED);

  /** What the provider says of a task whose clip is here. */
  private static final String SUCCEEDED = "succeeded";

  private final Flag<String> id;

  public StatusCommand(Surroundings around, Workshop workshop) {
    super(
        "status",
        "Ask the provider where a task stands. Exit 5 if it failed, else 0.",
        around,
        workshop,
        "%nExample:",
        "  seedance status job-3k9x");
    id = flags.argument("JOB", "The job's id or its task's, or how it begins.");
  }

  @Override
  public Integer call() {
    String name = name(id);
    Optional<Job> known;
    try (Workshop.Bench journal = look()) {
      known = judging(() -> JobNames.find(journal.videos(), name));
      remind(journal.videos(), known.map(job -> Set.of(job.id())).orElse(Set.of()));
    }
    Job job = known.orElse(null);
    if (job != null && (!job.state().isFollowed() || Access.isOwnSandbox(job.account()))) {
      return show(job); // the provider has nothing to add
    }
    TaskId task = job == null ? task(name) : job.taskId().orElseThrow();
    Commands commands = commands(null, kept("status", name));
    try (Workshop.Bench bench = open(Workshop.Setup.to(access(), around))) {
      return show(bench.videos().task(task), job, commands);
    } catch (SeedanceException e) {
      return end(Ending.ofLookup(e, commands), job);
    }
  }

  /** A job of which the journal knows more than the provider does. */
  private int show(Job job) {
    String word =
        job.state() == JobState.STORED ? SUCCEEDED : job.state().name().toLowerCase(Locale.ROOT);
    int exit = FAILED.contains(job.state()) ? ExitCode.TASK_FAILED : ExitCode.DONE;
    result(
        json.or(false) ? new Report().job(job).put("state", word).put("exit", exit).line() : word);
    job.clip().ifPresent(clip -> talk().say(ClipFile.shown(around, clip.path())));
    if (job.clip().isEmpty()) {
      job.reason().ifPresent(talk()::say);
      talk().say("All that is known of it: " + kept("show", job.id().value()));
    }
    return exit;
  }

  private int show(VideoTask found, @Nullable Job job, Commands commands) {
    TaskState state = found.state();
    boolean failed = state.isFinal() && !(state instanceof TaskState.Succeeded);
    int exit = failed ? ExitCode.TASK_FAILED : ExitCode.DONE;
    String name = job == null ? found.id().value() : job.id().value();
    if (json.or(false)) {
      Report report =
          new Report()
              .put("task", found.id())
              .put("state", state.word())
              .put("model", found.model());
      if (job != null) {
        report.put("job", job.id());
      }
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
      talk().say("Fetch the clip within a day: " + kept("download", name));
    } else if (!state.isFinal()) {
      talk().say("Wait for it: " + commands.await(name));
    }
    return exit;
  }
}
