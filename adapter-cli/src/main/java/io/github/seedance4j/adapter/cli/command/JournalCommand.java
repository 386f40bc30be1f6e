package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.in.VideoGeneration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the commands that deal with jobs share: where these are kept, and what they are called. */
public abstract class JournalCommand extends SeedanceCommand {

  protected static final String ID_OR_CLIP =
      "The job's id or its task's, or how it begins, or what its clip is called.";

  protected final Flag<Boolean> json;
  protected final JournalPlace place;

  protected JournalCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    super(name, description, around, workshop, footer);
    json = flags.common("Write the result as JSON, one object a line.", "--json");
    place = new JournalPlace(around, flags);
  }

  /** The journal's file; may not be there yet. */
  public final Path journal() {
    return judging(place::file);
  }

  /** Opens the journal as it is; an empty one where there is none. */
  protected final Workshop.Bench look() {
    return workshop.look(journal(), false);
  }

  /** The job that the user named. */
  protected final Job job(VideoGeneration videos, Flag<String> id) {
    String name = name(id);
    return judging(
        () ->
            JobNames.find(videos, name)
                .orElseThrow(
                    () -> new IllegalArgumentException(unknown("no job and no task", name))));
  }

  /** That the journal has nothing of that name, and where to look for it. */
  final String unknown(String what, String name) {
    return what
        + " in "
        + ClipFile.shown(around, place.file())
        + " begins with '"
        + name
        + "'; "
        + place.whereToLook(workshop, name);
  }

  /**
   * Keeps what costs nothing out of a journal of what costs money, and the other way round: sums
   * and caps would mean nothing. A journal that was never mixed is known by its newest job.
   */
  public final void requireOwnKind(Workshop.Bench bench) {
    boolean free = Access.isSandbox(bench.account());
    for (Job job : bench.videos().list(JobQuery.all().limit(1))) {
      if (Access.isSandbox(job.account()) != free) {
        throw usage(
            ClipFile.shown(around, journal())
                + (free
                    ? " keeps jobs that cost money, and a sandbox's don't go among them"
                    : " keeps a sandbox's jobs, and what costs money doesn't go among them")
                + ": name another --journal, or none");
      }
    }
  }

  /** Says first, where it is so, that sums are no real money. */
  protected final void sayWhatMoneyItIs(boolean asResult) {
    place
        .money()
        .ifPresent(
            note -> {
              if (asResult) {
                result(note);
              } else {
                talk().say(note);
              }
            });
  }

  /** Of a clip that isn't where it was put. */
  protected final Ending clipGone(Job job, @Nullable Clip clip) {
    String id = job.id().value();
    return new Ending(
        ExitCode.NOT_FETCHED,
        "not-fetched",
        clip == null
            ? "where its clip is was forgotten (purged)"
            : "its clip is not at " + ClipFile.shown(around, clip.path()) + " any more",
        List.of(
            Access.isOwnSandbox(job.account())
                ? "The sandbox that made it is gone, too. Make it again: "
                    + kept("again", id, "--sandbox")
                : "For about a day the provider has it: " + kept("download", id)));
  }

  /** As {@link #job}, which may be called by its clip, too. */
  protected final Job jobOrClip(VideoGeneration videos, Flag<String> id) {
    String name = name(id);
    Optional<Job> found = judging(() -> JobSearch.find(videos, around, name, talk()::say));
    if (found.isEmpty() && JobSearch.isFile(name)) {
      throw usage(noClip(name));
    }
    return found.orElseGet(() -> job(videos, id));
  }

  /** Says that no job made a clip of that name. */
  protected final String noClip(String clip) {
    String stem = clip.replaceAll("^.*[/\\\\]|(?i:\\.mp4)$", "");
    return "no job in "
        + ClipFile.shown(around, journal())
        + " made "
        + clip
        + "; look for it: "
        + (stem.isEmpty() ? kept("jobs") : kept("jobs", stem));
  }

  /** What the user typed for a job or a task. */
  protected final String name(Flag<String> id) {
    String name = id.or("");
    if (name.isEmpty()) {
      throw usage("name the job: " + command(spec.name(), "JOB") + "; list them: " + kept("jobs"));
    }
    return name;
  }

  /** A command on the same journal, as the user can type it. */
  public final String kept(String... words) {
    return command(place.again(words));
  }

  /** The commands that messages suggest. */
  protected final Commands commands(@Nullable Path clip, String again) {
    return new Commands(around, clip, again, place);
  }

  /** Does some work that the user may leave; what fails as we are leaving is no failure. */
  public final int untilInterrupted(Supplier<Integer> work, Runnable goodbye) {
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
  public final void remind(VideoGeneration videos, Set<JobId> seenTo) {
    if (place.isOwnSandbox()) {
      return; // nothing in it is paid for
    }
    Reminder.of(videos, around.clock().instant(), seenTo, this::kept).forEach(talk()::note);
  }

  /** Whether programs read the result. */
  public final boolean isJson() {
    return json.or(false);
  }

  /** Tells how it ended; with {@code --json} on standard output too. */
  protected final int end(Ending ending, @Nullable Job job) {
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
