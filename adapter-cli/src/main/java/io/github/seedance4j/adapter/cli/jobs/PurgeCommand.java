package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobPages;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Sidecar;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.digest.Sha256;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Forgets what old jobs were about, and deletes their clips. What they cost stays. */
public final class PurgeCommand extends JournalCommand {

  private final Flag<Duration> olderThan;
  private final Flag<Boolean> keepClips;
  private final Flag<Boolean> dryRun;
  private final Flag<Boolean> yes;

  public PurgeCommand(Surroundings around, Workshop workshop) {
    super(
        "purge",
        "Forget prompts, signed addresses and clips of jobs that ended long ago. What they cost, and"
            + " their ids, stay.",
        around,
        workshop,
        "%nExample:",
        "  seedance purge --older-than 30d --dry-run");
    olderThan =
        flags.converted(
            Duration.class,
            new Values.Age(),
            "AGE",
            "Of jobs that ended longer ago than that: 12h, 30d, 8w.",
            "--older-than");
    keepClips =
        flags.toggle(
            "Leave the clips' files, and what is written beside them. Else those are deleted that are unchanged since they came.",
            "--keep-clips");
    dryRun = flags.toggle("Say what would go, and change nothing.", "-n", "--dry-run");
    yes = flags.toggle("Don't ask.", "-y", "--yes");
  }

  @Override
  public Integer call() {
    if (olderThan.value() == null) {
      throw usage("say how old: " + command("purge", "--older-than", "30d"));
    }
    Instant before = around.clock().instant().minus(olderThan.or(Duration.ZERO));
    try (Workshop.Bench journal = look()) {
      VideoGeneration videos = journal.videos();
      List<Job> jobs = ended(videos, before);
      List<Clip> clips =
          keepClips.or(false)
              ? List.of()
              : jobs.stream().flatMap(job -> job.clip().stream()).filter(this::isThere).toList();
      String what =
          count(jobs.size(), "job")
              + " that ended before "
              + JobTable.minute(before)
              + " UTC, and "
              + (clips.isEmpty()
                  ? "no clips"
                  : count(clips.size(), "clip")
                      + " ("
                      + Progress.size(clips.stream().mapToLong(Clip::bytes).sum())
                      + ")");
      if (jobs.isEmpty()) {
        talk().say("Nothing that old.");
        return report(0, 0);
      }
      if (dryRun.or(false)) {
        talk().say("It would forget " + what + (clips.isEmpty() ? "." : ":"));
        clips.forEach(clip -> result(ClipFile.shown(around, clip.path())));
        return report(jobs.size(), clips.size());
      }
      if (!yes.or(false) && !around.canAsk()) {
        throw usage("nobody is here to agree to forget " + what + ": add --yes, or --dry-run");
      }
      if (!yes.or(false) && !agrees("Forget " + what + "? [y/N] ", "Nothing was forgotten.")) {
        return end(
            new Ending(
                ExitCode.OVER_COST, "not-agreed", "not agreed; nothing was forgotten", List.of()),
            null);
      }
      // the files first: their places are among what is forgotten
      long deleted = clips.stream().filter(this::isDeleted).count();
      if (!keepClips.or(false)) {
        jobs.forEach(this::forgetSidecar);
      }
      List<Job> purged = videos.purge(before);
      talk()
          .say(
              "Forgot "
                  + count(purged.size(), "job")
                  + ", deleted "
                  + count((int) deleted, "clip")
                  + ".");
      remind(videos, Set.of());
      return report(purged.size(), deleted);
    }
  }

  private int report(long jobs, long clips) {
    if (json.or(false)) {
      result(
          new Report()
              .put("dry_run", dryRun.or(false))
              .put("jobs", jobs)
              .put("clips", clips)
              .put("exit", ExitCode.DONE)
              .line());
    }
    return ExitCode.DONE;
  }

  private static List<Job> ended(VideoGeneration videos, Instant before) {
    Set<JobState> ended =
        Arrays.stream(JobState.values()).filter(JobState::isEnded).collect(Collectors.toSet());
    List<Job> found = new ArrayList<>();
    JobPages.each(
        videos,
        JobQuery.all().in(ended),
        Integer.MAX_VALUE,
        job -> {
          if (job.changedAt().isBefore(before) && !job.isPurged()) {
            found.add(job);
          }
          return true;
        });
    return found;
  }

  private void forgetSidecar(Job job) {
    try {
      Sidecar.delete(job);
    } catch (IOException e) {
      talk()
          .note(
              "can't delete what is written beside "
                  + job.id()
                  + "'s clip: "
                  + DiskTrouble.reason(e));
    }
  }

  private boolean isThere(Clip clip) {
    return Files.exists(clip.path(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes a file if it still is the clip, byte by byte: anything else is the user's own. */
  private boolean isDeleted(Clip clip) {
    Path file = clip.path();
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != clip.bytes()
          || !Sha256.hex(file).equals(clip.sha256())) {
        talk().note(ClipFile.shown(around, file) + " is not the clip that came, so it stays");
        return false;
      }
      Files.delete(file);
      return true;
    } catch (IOException e) {
      talk().note("can't delete " + ClipFile.shown(around, file) + ": " + DiskTrouble.reason(e));
      return false;
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
