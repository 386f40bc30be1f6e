package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.command.ClipName;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Goodbye;
import io.github.seedance4j.adapter.cli.command.JobSearch;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Sidecar;
import io.github.seedance4j.adapter.cli.command.TaskCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code wait} and {@code download} share: a job's or task's id goes in, a clip comes out. */
abstract class FetchCommand extends TaskCommand {

  private final Flag<String> id;
  private final Flag<String> output;

  /** The job whose clip is fetched once more; null for any other. */
  private @Nullable Job before;

  /** That clip as it came; null as long as it has not. */
  private volatile @Nullable Clip fetched;

  FetchCommand(
      String name, String description, Surroundings around, Workshop workshop, String... footer) {
    super(name, description, around, workshop, footer);
    id = flags.argument("JOB", ID_OR_CLIP);
    output =
        flags.text(
            "FILE",
            "Where to write the clip, a file or a directory. Default: where the job was to put it,"
                + " else named by the task.",
            "-o",
            "--output");
  }

  /** Fetches the clip; where it must be there already, says so instead of waiting for it. */
  final int fetch(Duration timeout, boolean mustBeThere) {
    String name = name(id);
    Optional<Job> known;
    try (Workshop.Bench journal = look()) {
      known = judging(() -> JobSearch.find(journal.videos(), around, name, talk()::say));
      remind(journal.videos(), known.map(job -> Set.of(job.id())).orElse(Set.of()));
    }
    if (known.isEmpty() && JobSearch.isFile(name)) {
      throw usage(noClip(name));
    }
    if (known.isEmpty()) {
      TaskId task = task(name);
      Path clip = wanted(ClipName.ofTask(name));
      return fetchTask(task, clip, journal(), timeout, mustBeThere);
    }
    Job job = known.get();
    if (job.state() == JobState.STORED) {
      return fetchAgain(job, timeout);
    }
    if (!job.state().isUnfinished()) {
      return end(Ending.of(job, commands(null, "")), job);
    }
    return fetchJob(job, timeout, mustBeThere);
  }

  /** A task that was made elsewhere: asked for first, as a mistyped id is to be said at once. */
  private int fetchTask(
      TaskId task, Path clip, @Nullable Path journal, Duration timeout, boolean mustBeThere) {
    Commands commands = commands(clip, again(task.value(), clip));
    Access access = accessForClips();
    try {
      TaskState state = state(access, task);
      if (mustBeThere && !state.isFinal()) {
        return end(notYet(state.word(), commands.await(task.value())), null);
      }
      Workshop.Setup setup =
          Workshop.Setup.to(access, around)
              .clips(job -> clip)
              .asking(state.isFinal() ? Workshop.Polling.AT_ONCE : Workshop.Polling.USUAL);
      return follow(
          journal == null ? setup : setup.keptIn(journal),
          videos -> videos.adopt(task),
          timeout,
          commands);
    } catch (SeedanceException e) {
      return end(Ending.ofLookup(e, commands), null);
    }
  }

  /** A job that is not at its end, as far as the journal knows. */
  private int fetchJob(Job job, Duration timeout, boolean mustBeThere) {
    Path clip = output.value() == null ? ClipName.usual(around, job) : wanted(ClipName.of(job));
    Commands commands = commands(clip, again(job.id().value(), clip));
    Access access = Access.isOwnSandbox(job.account()) ? null : accessForClips();
    Workshop.Setup way = // whoever makes it in a sandbox does so in a command that runs now
        access == null
            ? Workshop.Setup.inside(Duration.ZERO, around)
            : Workshop.Setup.to(access, around);
    Workshop.Setup setup = way.clips(any -> clip).keptIn(journal()).following(Set.of(job.id()));
    try {
      if (mustBeThere && job.state() != JobState.SUCCEEDED) {
        if (job.taskId().isEmpty()) {
          return end(notYet("not sent yet", commands.await(job)), job);
        }
        if (access == null) {
          return end(notYet(JobTable.state(job), commands.await(job)), job);
        }
        TaskState state = state(access, job.taskId().get());
        if (!state.isFinal()) {
          return end(notYet(state.word(), commands.await(job)), job);
        }
        setup = setup.asking(Workshop.Polling.AT_ONCE);
      }
      return follow(setup, videos -> job, timeout, commands);
    } catch (SeedanceException e) {
      return end(Ending.ofLookup(e, commands), job);
    }
  }

  /** A clip that was fetched before: it is where it was put, or else at the provider for a day. */
  private int fetchAgain(Job job, Duration timeout) {
    Clip clip = job.clip().orElse(null);
    if (clip == null || !isWhole(clip)) {
      if (Access.isOwnSandbox(job.account())) {
        return end(clipGone(job, clip), job);
      }
      talk()
          .note(
              "the clip was fetched before"
                  + (clip == null ? "" : " but isn't at " + ClipFile.shown(around, clip.path()))
                  + ": fetching it once more");
      before = job;
      TaskId task = job.taskId().orElseThrow();
      int exit = fetchTask(task, placeFor(clip, task), null, timeout, true);
      remember(job);
      return exit;
    }
    try (Workshop.Bench bench = look()) {
      return finished(job, delivered(bench.videos(), job, clip));
    }
  }

  /** Back to where it was, if nothing has come there since and nothing else is wanted. */
  private Path placeFor(@Nullable Clip clip, TaskId task) {
    boolean back = clip != null && output.value() == null && ClipFile.canPutBack(clip.path());
    return back ? Objects.requireNonNull(clip).path() : wanted(ClipName.ofTask(task.value()));
  }

  /** Of a clip that was put elsewhere than it was; what was purged stays forgotten. */
  private void remember(Job job) {
    Clip now = fetched;
    Clip known = job.clip().orElse(null);
    if (now != null
        && known != null
        && !now.path().equals(known.path())
        && !workshop.remember(journal(), job, now)) {
      talk().note("the journal still has the old place of the clip: the job was changed meanwhile");
    }
  }

  /** What is fetched once more is a job that knows nothing of what was asked for. */
  @Override
  protected final void sidecar(JobEvent event) {
    Job known = before;
    Clip clip = event.job().clip().orElse(null);
    if (known == null || clip == null) {
      super.sidecar(event);
    } else if (event.state() == JobState.STORED && event.download() == null) {
      fetched = clip;
      Sidecar.keep(known, clip, null, talk());
    }
  }

  @Override
  protected final Clip delivered(VideoGeneration videos, Job job, Clip clip) {
    if (output.value() == null || isAsked(clip)) {
      return clip;
    }
    // another process fetched it to where the job was to put it
    Path target = wanted(ClipName.of(job));
    try {
      Clip copy = videos.download(job.id(), target, Duration.ZERO);
      Sidecar.keep(job, copy, null, talk());
      return copy;
    } catch (UncheckedIOException e) {
      talk().note("can't write " + target + ": " + DiskTrouble.reason(e));
      return clip;
    }
  }

  /** Whether that is the very file, or in the directory, that the user asked for. */
  private boolean isAsked(Clip clip) {
    Path asked = around.directory().resolve(output.or("")).normalize();
    return clip.path().equals(asked)
        || (Files.isDirectory(asked) && asked.equals(clip.path().getParent()));
  }

  private static boolean isWhole(Clip clip) {
    try {
      return Files.isRegularFile(clip.path()) && Files.size(clip.path()) == clip.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks once before anything else. */
  private TaskState state(Access access, TaskId task) {
    try (Workshop.Bench bench = open(Workshop.Setup.to(access, around))) {
      return bench.videos().task(task).state();
    }
  }

  private int follow(
      Workshop.Setup setup,
      Function<VideoGeneration, Job> begin,
      Duration timeout,
      Commands commands) {
    try (Progress progress = new Progress(talk(), around.clock());
        Workshop.Bench bench = open(setup.telling(progress))) {
      VideoGeneration videos = bench.videos();
      Goodbye goodbye = new Goodbye(talk(), progress, videos, false, commands);
      return untilInterrupted(
          () -> {
            Job job = begin.apply(videos);
            requireOurs(job, bench.account());
            progress.show(job);
            goodbye.sent(job);
            int exit = follow(videos, job, timeout, progress, commands);
            goodbye.over();
            return exit;
          },
          goodbye);
    }
  }

  private Path wanted(String name) {
    return judging(() -> ClipFile.choose(around, output.value(), name));
  }

  private static Ending notYet(String word, String await) {
    return new Ending(
        ExitCode.TIMED_OUT,
        "still-running",
        "there is no clip yet: the task is " + word,
        List.of("Wait for it: " + await));
  }

  private String again(String name, Path clip) {
    return kept(spec.name(), name, "-o", ClipFile.shown(around, clip));
  }
}
