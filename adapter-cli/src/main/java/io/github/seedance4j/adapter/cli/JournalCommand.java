package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.adapter.cli.Flags.Flag;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.port.in.VideoGeneration;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the commands that deal with jobs share: where these are kept, and what they are called. */
abstract class JournalCommand extends SeedanceCommand {

  static final String ID_OR_CLIP =
      "The job's id or its task's, or how it begins, or what its clip is called.";

  final Flag<Boolean> json;
  final JournalPlace place;

  JournalCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    super(name, description, around, workshop, footer);
    json = flags.common("Write the result as JSON, one object a line.", "--json");
    place = new JournalPlace(around, flags);
  }

  /** The journal's file; may not be there yet. */
  final Path journal() {
    return judging(place::file);
  }

  /** Opens the journal as it is; an empty one where there is none. */
  final Workshop.Bench look() {
    return workshop.look(journal(), false);
  }

  /** The job that the user named. */
  final Job job(VideoGeneration videos, Flag<String> id) {
    String name = name(id);
    return judging(
        () ->
            JobNames.find(videos, name)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "no job and no task in "
                                + ClipFile.shown(around, place.file())
                                + " begins with '"
                                + name
                                + "'; list them: "
                                + kept("jobs"))));
  }

  /** As {@link #job}, which may be called by its clip, too. */
  final Job jobOrClip(VideoGeneration videos, Flag<String> id) {
    String name = name(id);
    Optional<Job> found = judging(() -> JobSearch.find(videos, around, name, talk()::say));
    if (found.isEmpty() && JobSearch.isFile(name)) {
      throw usage(noClip(name));
    }
    return found.orElseGet(() -> job(videos, id));
  }

  /** Says that no job made a clip of that name. */
  final String noClip(String clip) {
    String stem = clip.replaceAll("^.*[/\\\\]|(?i:\\.mp4)$", "");
    return "no job in "
        + ClipFile.shown(around, journal())
        + " made "
        + clip
        + "; look for it: "
        + (stem.isEmpty() ? kept("jobs") : kept("jobs", stem));
  }

  /** What the user typed for a job or a task. */
  final String name(Flag<String> id) {
    String name = id.or("");
    if (name.isEmpty()) {
      throw usage("name the job: " + command(spec.name(), "JOB") + "; list them: " + kept("jobs"));
    }
    return name;
  }

  /** A command on the same journal, as the user can type it. */
  final String kept(String... words) {
    return command(place.again(words));
  }

  /** The commands that messages suggest. */
  final Commands commands(@Nullable Path clip, String again) {
    return new Commands(around, clip, again, place);
  }

  /** Does some work that the user may leave; what fails as we are leaving is no failure. */
  final int untilInterrupted(Supplier<Integer> work, Runnable goodbye) {
    return around
        .interrupts()
        .during(
            () -> {
              try {
                return work.get();
              } catch (RuntimeException e) {
                if (talk().isOver()) {
                  return ExitCode.UNEXPECTED; // which nobody sees: the process ends as interrupted
                }
                throw e;
              }
            },
            goodbye);
  }

  /** Says what waits to be seen to, but for what this run sees to itself. */
  final void remind(VideoGeneration videos, Set<JobId> seenTo) {
    Reminder.of(videos, around.clock().instant(), seenTo, this::kept).forEach(talk()::note);
  }

  /** Whether programs read the result. */
  final boolean isJson() {
    return json.or(false);
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
}
