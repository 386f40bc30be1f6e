package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobSearch;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.nio.file.Files;

/** Shows a job's clip in whatever the platform plays clips with. */
public final class OpenCommand extends JournalCommand {

  private final Flag<String> id;
  private final Flag<Boolean> print;

  public OpenCommand(Surroundings around, Workshop workshop) {
    super(
        "open",
        "Play a job's clip with the program that the desktop has for it, and print its path; just"
            + " that where there is no desktop. Without JOB, the clip that came last.",
        around,
        workshop,
        "%nExamples:",
        "  seedance open",
        "  seedance open cat-roof.mp4",
        "  ffplay \"$(seedance open job-3k9x --print)\"");
    id = flags.maybe(0, "JOB", ID_OR_CLIP);
    print = flags.toggle("Print the path, and play nothing.", "--print");
  }

  @Override
  public Integer call() {
    Job job;
    try (Workshop.Bench journal = look()) {
      job = id.value() == null ? latest(journal.videos()) : jobOrClip(journal.videos(), id);
    }
    Clip clip = job.clip().orElse(null);
    if (clip == null && job.state() != JobState.STORED) {
      return end(Ending.of(job, commands(null, "")), job);
    }
    if (clip == null || !Files.isRegularFile(clip.path())) {
      return end(clipGone(job, clip), job);
    }
    boolean opened = !print.or(false) && workshop.show(clip.path(), around);
    if (!opened && !print.or(false)) {
      talk().say("Nothing here plays clips by itself; this is where it is:");
    }
    result(
        json.or(false)
            ? new Report().job(job).clip(clip).put("exit", ExitCode.DONE).line()
            : ClipFile.shown(around, clip.path()));
    return ExitCode.DONE;
  }

  private Job latest(VideoGeneration videos) {
    return JobSearch.latest(videos)
        .orElseThrow(
            () ->
                usage(
                    "there is no clip yet in "
                        + ClipFile.shown(around, journal())
                        + "; what was sent: "
                        + kept("jobs")));
  }
}
