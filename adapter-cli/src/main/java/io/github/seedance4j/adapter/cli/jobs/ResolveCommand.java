package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipName;
import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Goodbye;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.TaskCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.request.CostSetting;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.task.TaskId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Takes a person's word for what became of a job whose outcome nobody knows. */
public final class ResolveCommand extends TaskCommand {

  private final Flag<String> id;
  private final Flag<String> attach;
  private final Flag<Boolean> lost;
  private final Flag<Boolean> resubmit;
  private final Flag<Boolean> accepted;
  private final Flag<Duration> timeout;

  public ResolveCommand(Surroundings around, Workshop workshop) {
    super(
        "resolve",
        "Say what became of a job of unknown outcome.",
        around,
        workshop,
        "%nExample:",
        "  seedance resolve job-3k9x --attach task-2f81");
    id = flags.argument("JOB", "The job's id, or how it begins.");
    attach = flags.text("TASK", "The provider did take it: that is its task.", "--attach");
    lost = flags.toggle("It is gone; its price counts as charged.", "--lost");
    resubmit =
        flags.toggle(
            "Send it once more, which may be charged a second time; then wait for it.",
            "--resubmit");
    accepted = flags.toggle("Agree to that second charge.", "--accept-second-charge");
    timeout = timeout();
  }

  @Override
  public Integer call() {
    long ways =
        Stream.of(attach.value() != null, lost.or(false), resubmit.or(false))
            .filter(given -> given)
            .count();
    if (ways != 1) {
      throw usage(
          "say what became of it: one of --attach TASK, --lost, --resubmit"
              + (ways == 0 ? "" : ", not several"));
    }
    if (accepted.or(false) && !resubmit.or(false)) {
      throw usage("--accept-second-charge goes with --resubmit");
    }
    Job job;
    try (Workshop.Bench journal = workshop.look(journal(), false, tariff())) {
      VideoGeneration videos = journal.videos();
      job = job(videos, id);
      remind(videos, Set.of(job.id()));
      Commands commands = commands(null, kept("show", job.id().value()));
      try {
        if (attach.value() != null) {
          return attach(videos, job, commands);
        }
        if (job.state() != JobState.UNKNOWN) {
          return end(nothingUnknown(job), job);
        }
        if (lost.or(false)) {
          return told(videos.resolve(job.id(), new OutcomeResolution.Lost()));
        }
        if (!accepted.or(false)) {
          return end(notAccepted(videos, job), job);
        }
        Optional<Ending> overSetting = overSetting(videos, job);
        if (overSetting.isPresent()) {
          return end(overSetting.get(), job);
        }
      } catch (SeedanceException e) {
        return end(Ending.ofLookup(e, commands), job);
      }
    }
    return resubmit(job);
  }

  private int attach(VideoGeneration videos, Job job, Commands commands) {
    TaskId task = judging(() -> new TaskId(attach.or("")));
    if (!isKnown(task, job)) {
      return end(
          new Ending(
              ExitCode.REFUSED,
              "not-found",
              "the provider doesn't know task " + task + "; nothing was changed",
              List.of("Check the id, and that key and address are those it was made with.")),
          job);
    }
    Job attached;
    try {
      attached = videos.resolve(job.id(), new OutcomeResolution.Attach(task));
    } catch (IllegalStateException e) {
      return end(nothingUnknown(job), job);
    } catch (IllegalArgumentException taken) {
      throw usage("--attach: " + taken.getMessage());
    }
    talk().say("Fetch its clip: " + commands.await(attached));
    return told(attached);
  }

  /**
   * Asks the provider, if there is a key to ask with: a mistyped id would be waited for in vain.
   */
  private boolean isKnown(TaskId task, Job job) {
    if (judging(() -> Access.findKey(around, talk()::note)).isEmpty()) {
      talk().note("no key, so the provider isn't asked whether it knows " + task);
      return true;
    }
    try (Workshop.Bench bench = open(Workshop.Setup.to(access(), around))) {
      requireOurs(job, bench.account());
      bench.videos().task(task);
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** What {@code --lost} and {@code --attach} come to. */
  private int told(Job resolved) {
    if (json.or(false)) {
      result(new Report().job(resolved).put("exit", ExitCode.DONE).line());
    } else {
      result(
          resolved.id()
              + " is "
              + JobTable.state(resolved)
              + resolved.taskId().map(task -> ": " + task).orElse("")
              + resolved.bill().map(bill -> ", and counts as " + QuoteText.cost(bill)).orElse(""));
    }
    if (resolved.state() == JobState.LOST) {
      talk()
          .say(
              "If the account shows another sum: "
                  + kept("settle", resolved.id().value(), "--charged", "0.00"));
    }
    return ExitCode.DONE;
  }

  private int resubmit(Job job) {
    Commands commands = commands(ClipName.usual(around, job), kept("show", job.id().value()));
    Access access = accessForClips();
    try (Progress progress = new Progress(talk(), around.clock());
        Workshop.Bench bench =
            open(
                Workshop.Setup.to(access, around)
                    .judging(job.strictness())
                    .keptIn(journal())
                    .telling(progress))) {
      VideoGeneration videos = bench.videos();
      requireOurs(job, bench.account());
      Goodbye goodbye = new Goodbye(talk(), progress, videos, false, commands);
      return untilInterrupted(
          () -> {
            goodbye.sending();
            Job again = resubmitted(videos, job, goodbye);
            progress.show(again);
            goodbye.sent(again);
            int exit = follow(videos, again, timeout.or(USUAL_TIMEOUT), progress, commands);
            goodbye.over();
            return exit;
          },
          goodbye);
    } catch (OverBudgetException e) {
      return end(Ending.overBudget(String.valueOf(e.getMessage()), commands), job);
    } catch (IllegalStateException meanwhile) {
      return end(nothingUnknown(job), job);
    }
  }

  private static Job resubmitted(VideoGeneration videos, Job job, Goodbye goodbye) {
    try {
      return videos.resolve(job.id(), new OutcomeResolution.ResubmitAcceptingSecondCharge());
    } catch (RuntimeException e) {
      goodbye.sent(null);
      throw e;
    }
  }

  private Ending notAccepted(VideoGeneration videos, Job job) {
    String most =
        Stream.concat(job.quote().stream(), today(videos, job).stream())
            .map(Quote::hold)
            .max(Comparator.naturalOrder())
            .map(hold -> "up to " + QuoteText.cents(hold))
            .orElse("its price");
    return new Ending(
        ExitCode.OVER_COST,
        "not-agreed",
        "to send it again may cost " + most + " a second time; nothing was sent",
        List.of(
            "To agree to that: "
                + kept("resolve", job.id().value(), "--resubmit", "--accept-second-charge")));
  }

  /** A second charge is a price like any other. */
  private Optional<Ending> overSetting(VideoGeneration videos, Job job) {
    CostSetting setting = CostSetting.of(around);
    return Stream.concat(job.quote().stream(), today(videos, job).stream())
        .filter(setting::forbids)
        .findFirst()
        .map(
            quote ->
                Ending.overCost(
                    "a second charge may be " + setting.tooMuch(QuoteText.dearest(quote)),
                    List.of("Nothing was sent. Raise max-cost first, if it may be that much.")));
  }

  /** What it would cost by now; empty if the rules refuse it by now, so that it is never sent. */
  private static Optional<Quote> today(VideoGeneration videos, Job job) {
    try {
      return Optional.of(videos.quote(job.draft()));
    } catch (InvalidRequestException refused) {
      return Optional.empty();
    }
  }

  private Ending nothingUnknown(Job job) {
    String task = job.taskId().map(id -> " (" + id + ")").orElse("");
    return new Ending(
        ExitCode.USAGE,
        "nothing-to-resolve",
        job.id() + " is " + JobTable.state(job) + task + ": there is nothing to resolve",
        Optional.of("See it: " + kept("show", job.id().value())).stream().toList());
  }
}
