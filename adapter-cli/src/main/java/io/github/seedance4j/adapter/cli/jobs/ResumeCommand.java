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
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Goes on with every job that is not at its end, and fetches what there is to fetch. */
public final class ResumeCommand extends TaskCommand {

  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(JobState::isUnfinished)
          .collect(Collectors.toUnmodifiableSet());

  /** What a run is worth to a script, worst first. */
  private static final List<Integer> WORST_FIRST =
      List.of(
          ExitCode.OUTCOME_UNKNOWN,
          ExitCode.NOT_FETCHED,
          ExitCode.TASK_FAILED,
          ExitCode.REFUSED,
          ExitCode.TIMED_OUT);

  private static final Set<JobState> ABOUT_TO_BE_SENT =
      EnumSet.of(JobState.INTENDED, JobState.NOT_SENT, JobState.THROTTLED);

  private final Flag<Boolean> restored;
  private final Flag<Boolean> yes;
  private final Flag<Duration> timeout;

  /** How waiting for a job came to its end. */
  private record News(JobId id, @Nullable Job job, @Nullable Throwable trouble) {}

  public ResumeCommand(Surroundings around, Workshop workshop) {
    super(
        "resume",
        "Go on with every job that is not at its end, and fetch the clips, those first whose links"
            + " die first.",
        around,
        workshop,
        "%nExample:",
        "  seedance resume --timeout 1h");
    restored =
        flags.toggle(
            "The journal is a backup that was put in its place: what it was about to send may have"
                + " been sent since, and becomes an unknown outcome.",
            "--restored");
    yes =
        flags.toggle(
            "Don't ask whether a journal that is not marked as a backup is one.", "-y", "--yes");
    timeout = timeout();
  }

  @Override
  public Integer call() {
    Path journal = journal();
    if (!Files.exists(journal)) {
      talk().say("There is no journal yet at " + ClipFile.shown(around, journal) + ".");
      return ExitCode.DONE;
    }
    Workshop.Setup way = way();
    boolean asRestored = false;
    if (restored.or(false)) {
      int intents = unmarkedIntents();
      if (intents > 0 && !isAgreed(intents)) {
        return end(
            new Ending(
                ExitCode.OVER_COST, "not-agreed", "not agreed; nothing was changed", List.of()),
            null);
      }
      asRestored = intents != 0;
    }
    // an end that comes as soon as the journal is open for following must not be missed
    List<Job> before = asRestored ? List.of() : unfinished();
    Workshop.Setup setup = way.keptIn(journal).restored(asRestored).followingAll();
    BlockingQueue<News> news = new LinkedBlockingQueue<>();
    try (Overview overview = new Overview(talk(), around.clock());
        Workshop.Bench bench =
            open(
                setup.telling(
                    event -> {
                      overview.accept(event);
                      if (!event.job().state().isUnfinished()) {
                        news.add(new News(event.job().id(), event.job(), null));
                      }
                    }))) {
      return untilInterrupted(
          () -> follow(bench, before, overview, news),
          () -> {
            Talk own = talk().takeOver();
            overview.end();
            bench.videos().close(); // waits for a create call that is being repeated
            own.insist("Stopped; nothing is lost. To go on: " + kept("resume"));
          });
    }
  }

  /** Of what another command's sandbox makes at this moment it is enough to be told. */
  private Workshop.Setup way() {
    return place.isOwnSandbox()
        ? Workshop.Setup.inside(Duration.ZERO, around)
        : Workshop.Setup.to(accessForClips(), around);
  }

  /** How many jobs of a journal without a mark would become unknown; below 0 if it has one. */
  private int unmarkedIntents() {
    try (Workshop.Bench unmarked = look()) { // a marked one can't be opened like that
      int jobs = unmarked.videos().list(JobQuery.all().in(ABOUT_TO_BE_SENT)).size();
      if (jobs == 0) {
        talk()
            .note(
                "this journal is not marked as a backup, and nothing in it is about to be sent:"
                    + " --restored changes nothing");
      }
      return jobs;
    } catch (UncheckedIOException marked) {
      return -1; // or unusable, as whoever opens it next will say
    }
  }

  /** A copy that was made in another way than by our command has no mark. */
  private boolean isAgreed(int jobs) {
    String what =
        "this journal is not marked as a backup, and "
            + (jobs == 1 ? "a job that is" : jobs + " jobs that are")
            + " about to be sent would become "
            + (jobs == 1 ? "an unknown outcome" : "unknown outcomes");
    if (yes.or(false)) {
      return true;
    }
    if (!around.canAsk()) {
      throw usage(what + "; if it is a copy all the same, add --yes, else leave --restored out");
    }
    talk().note(what);
    return agrees("Is it a copy that was put in its place? [y/N] ", "Nothing was changed.");
  }

  private List<Job> unfinished() {
    try (Workshop.Bench journal = look()) {
      return unfinished(journal.videos());
    }
  }

  private static List<Job> unfinished(VideoGeneration videos) {
    return videos.list(JobQuery.all().in(UNFINISHED));
  }

  private int follow(
      Workshop.Bench bench, List<Job> before, Overview overview, BlockingQueue<News> news) {
    VideoGeneration videos = bench.videos();
    Map<JobId, Job> known = new LinkedHashMap<>();
    unfinished(videos).forEach(job -> known.put(job.id(), job));
    before.forEach(job -> known.putIfAbsent(job.id(), job));
    List<Job> all = List.copyOf(known.values());
    List<Job> ours = all.stream().filter(job -> job.account().equals(bench.account())).toList();
    elsewhere(all, ours);
    Set<JobId> waiting = ours.stream().map(Job::id).collect(Collectors.toCollection(HashSet::new));
    Instant end = around.clock().instant().plus(timeout.or(USUAL_TIMEOUT));
    overview.expect(waiting.size());
    ours.forEach(job -> await(videos, job.id(), end, news));
    Set<JobId> ended = new HashSet<>();
    List<Integer> exits = new ArrayList<>();
    while (!waiting.isEmpty() || !news.isEmpty()) {
      News heard;
      try {
        heard = news.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.TIMED_OUT;
      }
      if (heard.trouble() instanceof RetryLaterException later
          && !(later instanceof StillRunningException)) {
        // the service goes on trying, and so does whoever waits
        overview.note(heard.id() + ": " + later.getMessage() + "; still trying");
        await(videos, heard.id(), end, news);
        continue;
      }
      waiting.remove(heard.id());
      if (ended.add(heard.id())) { // both whoever waits and whoever listens is told
        Job job = heard.job();
        exits.add(job == null ? stopped(videos, heard, overview) : ended(job, overview));
      }
    }
    overview.end();
    summarise(exits);
    remind(videos, ended);
    return WORST_FIRST.stream().filter(exits::contains).findFirst().orElse(ExitCode.DONE);
  }

  private void await(VideoGeneration videos, JobId id, Instant end, BlockingQueue<News> news) {
    Duration left = Duration.between(around.clock().instant(), end);
    var unused =
        videos
            .awaitAsync(id, left.isNegative() ? Duration.ZERO : left)
            .whenComplete(
                (job, trouble) ->
                    news.add(
                        new News(
                            id,
                            job,
                            trouble instanceof CompletionException wrapped
                                ? wrapped.getCause()
                                : trouble)));
  }

  /** Says of a job that came to its end what became of it. */
  private int ended(Job job, Overview overview) {
    Optional<Clip> clip = job.clip();
    if (job.state() == JobState.STORED && clip.isPresent()) {
      overview.done(job);
      result(
          json.or(false)
              ? new Report().job(job).clip(clip.get()).put("exit", ExitCode.DONE).line()
              : ClipFile.shown(around, clip.get().path()));
      return ExitCode.DONE;
    }
    return told(job, Ending.of(job, commands(null, kept("resume"))), overview);
  }

  /** Says of a job that goes on, or can't be fetched, where it stands. */
  private int stopped(VideoGeneration videos, News heard, Overview overview) {
    Job job = videos.find(heard.id()).orElseThrow();
    Commands commands = commands(null, kept("resume"));
    Throwable trouble = heard.trouble();
    Ending ending =
        trouble instanceof StillRunningException
            ? Ending.stillRunning("it has not ended yet", job, commands)
            : trouble instanceof SeedanceException known
                ? Ending.whileFollowing(known, job, commands)
                : new Ending(
                    ExitCode.UNEXPECTED, "unexpected", "unexpected: " + trouble, List.of());
    return told(job, ending, overview);
  }

  private int told(Job job, Ending ending, Overview overview) {
    overview.done(job);
    talk().error(JobNames.shortened(job) + ": " + ending.what());
    if (job.state() == JobState.UNKNOWN) {
      talk().insist("  The ways out: " + kept("show", job.id().value()));
    } else {
      ending.next().forEach(next -> talk().insist("  " + next));
    }
    if (json.or(false) && !talk().isOver()) {
      result(new Report().job(job).ending(ending).put("exit", ending.exit()).line());
    }
    return ending.exit();
  }

  private void elsewhere(List<Job> all, List<Job> ours) {
    int others = all.size() - ours.size();
    if (others > 0) {
      Job one = all.stream().filter(job -> !ours.contains(job)).findFirst().orElseThrow();
      talk()
          .note(
              (others == 1 ? "a job was" : others + " jobs were")
                  + " sent elsewhere or with another key, and can be resumed only there: "
                  + JobNames.shortened(one)
                  + " at "
                  + one.account().baseUrl()
                  + ", key fingerprint "
                  + one.account().fingerprint());
    }
  }

  private void summarise(List<Integer> exits) {
    if (exits.isEmpty()) {
      talk().say("Nothing to resume.");
      return;
    }
    long fetched = exits.stream().filter(exit -> exit == ExitCode.DONE).count();
    long unknown = exits.stream().filter(exit -> exit == ExitCode.OUTCOME_UNKNOWN).count();
    long other = exits.size() - fetched - unknown;
    talk()
        .say(
            "Resumed "
                + exits.size()
                + ": "
                + fetched
                + " fetched"
                + (unknown == 0 ? "" : ", " + unknown + " of unknown outcome")
                + (other == 0 ? "" : ", " + other + " without a clip")
                + ".");
  }
}
