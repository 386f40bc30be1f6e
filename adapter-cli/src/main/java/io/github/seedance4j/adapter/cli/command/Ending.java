package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.OutcomeUnknownException;
import io.github.seedance4j.error.OverBudgetException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.error.StillRunningException;
import io.github.seedance4j.error.TaskFailedException;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.task.ProviderFault;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a run ended when there is no clip to show: what to tell, what to do next, and the exit code.
 *
 * @param code a stable word for programs
 * @param what one or more sentences
 * @param next what the user can do, a line each
 */
public record Ending(int exit, String code, String what, List<String> next) {

  private static final String AGAIN_LATER =
      "Run the same command again once the provider can be reached.";

  private static final String PROGRAMS_SETTING = "allowLoopback";

  /** What an exception was, where the note begins with its class. */
  private static final Pattern EXCEPTION =
      Pattern.compile("(\\w*(?:Exception|Error))(?:: ([^:\\s]*))?.*", Pattern.DOTALL);

  /** Of a job that nothing more happens to by itself, and that has no clip. */
  public static Ending of(Job job, Commands commands) {
    String reason = job.reason().orElse("no reason was given");
    String cost = job.bill().map(Ending::charged).orElse("");
    boolean gone = job.state() == JobState.EXPIRED || job.state() == JobState.WITHDRAWN;
    if (gone && Access.isOwnSandbox(job.account())) {
      return new Ending(
          ExitCode.TASK_FAILED,
          "sandbox-ended",
          reason + "; nothing was charged",
          List.of("Make it again: " + commands.kept("again", job.id().value(), "--sandbox")));
    }
    return switch (job.state()) {
      case REJECTED -> refused(reason, job.fault(), commands);
      case FAILED, CANCELLED, EXPIRED ->
          new Ending(
              ExitCode.TASK_FAILED,
              "task-" + word(job.state()),
              "the task " + verb(job.state()) + ": " + stopped(reason) + cost,
              List.of(again(job.fault())));
      case WITHDRAWN ->
          new Ending(
              ExitCode.TIMED_OUT,
              "not-sent",
              "it could not be sent, and nothing was charged: " + reason,
              List.of(AGAIN_LATER));
      case UNKNOWN -> unknown(job, commands);
      case LOST ->
          new Ending(
              ExitCode.OUTCOME_UNKNOWN,
              "given-up",
              "it was given up: " + stopped(reason) + cost,
              List.of(
                  "If its task turns up after all: "
                      + commands.kept("resolve", job.id().value(), "--attach", "TASK")));
      default -> stillRunning("it is not finished yet", job, commands);
    };
  }

  /** Of a job that no connection was made for. */
  static Ending notSent(String why) {
    return new Ending(
        ExitCode.TIMED_OUT,
        "not-sent",
        "it could not be sent, and nothing was charged: " + unsent(why),
        List.of(AGAIN_LATER));
  }

  /** Why a call never left, without the words of a program. */
  public static String unsent(String note) {
    Matcher matcher = EXCEPTION.matcher(note);
    if (!matcher.matches()) {
      return note;
    }
    if (matcher.group(1).equals("UnknownHostException")) {
      String host = matcher.group(2);
      return "can't find "
          + (host == null || host.isEmpty() ? "the host" : host)
          + ": check network, proxy, "
          + Access.BASE_URL;
    }
    return note.contains(": ") ? note.substring(note.indexOf(": ") + 2) : "no connection";
  }

  /** Of a question that the provider did not answer as hoped: nothing was to be made by it. */
  public static Ending ofLookup(SeedanceException e, Commands commands) {
    if (e instanceof AccountException account) {
      boolean key =
          account.fault().map(ProviderFault::kind).orElse(null) == ProviderFault.Kind.CREDENTIALS;
      return new Ending(
          ExitCode.REFUSED,
          "refused",
          key
              ? "the provider did not accept the key. Check "
                  + Access.keyName(commands.around())
                  + "."
              : account.fault().map(ProviderFault::text).orElse(String.valueOf(e.getMessage())),
          List.of());
    }
    return of(e, commands);
  }

  public static Ending of(SeedanceException e, Commands commands) {
    String what = String.valueOf(e.getMessage());
    if (e instanceof InvalidRequestException invalid) {
      return invalid.fault().isPresent()
          ? refused(invalid.fault().get().text(), invalid.fault(), commands)
          : new Ending(ExitCode.INVALID_REQUEST, "invalid-request", what, List.of());
    }
    if (e instanceof OverBudgetException) {
      return overCost(what, List.of("Nothing was sent."));
    }
    if (e instanceof AccountException account) {
      return refused(
          account.fault().map(ProviderFault::text).orElse(what), account.fault(), commands);
    }
    if (e instanceof TaskFailedException failed) {
      return of(failed.job(), commands);
    }
    if (e instanceof OutcomeUnknownException unknown) {
      return unknown(unknown.job(), commands);
    }
    if (e instanceof StillRunningException running) {
      return stillRunning(what, running.job(), commands);
    }
    if (e instanceof NotFoundException) { // its hint says how long tasks are known
      return new Ending(
          ExitCode.REFUSED,
          "not-found",
          what,
          List.of("Check the id, and that key and address are those it was made with."));
    }
    if (e instanceof RetryLaterException) {
      return new Ending(
          ExitCode.TIMED_OUT, "unreachable", what, List.of("Try again: " + commands.again()));
    }
    return new Ending(
        ExitCode.NOT_FETCHED,
        "not-fetched",
        unfetched(what),
        List.of("Try once more: " + commands.again()));
  }

  /** What kept us from a clip that is paid for: never a reason to order it again. */
  public static Ending whileFollowing(SeedanceException e, Job job, Commands commands) {
    String what = String.valueOf(e.getMessage());
    if (job.taskId().isEmpty()
        || e instanceof TaskFailedException
        || e instanceof OutcomeUnknownException) {
      return of(e, commands);
    }
    List<String> next = new ArrayList<>();
    if (e instanceof AccountException) {
      next.add("Check " + Access.keyName(commands.around()) + ".");
    }
    if (what.contains(PROGRAMS_SETTING)) {
      next.add("If that is your sandbox: export " + Access.ALLOW_LOOPBACK + "=true");
    }
    next.add("The clip is paid for; don't order it again. Fetch it: " + commands.await(job));
    boolean refused = e instanceof AccountException || e instanceof NotFoundException;
    return new Ending(
        refused ? ExitCode.REFUSED : ExitCode.NOT_FETCHED,
        refused ? "refused" : "not-fetched",
        unfetched(what),
        next);
  }

  /** Without the name of a setting that only programs have. */
  private static String unfetched(String what) {
    return what.replaceAll("\\s*\\([^()]*" + PROGRAMS_SETTING + "[^()]*\\)", "");
  }

  public static Ending refused(String reason, Optional<ProviderFault> fault, Commands commands) {
    ProviderFault.Kind kind = fault.map(ProviderFault::kind).orElse(ProviderFault.Kind.OTHER);
    if (kind == ProviderFault.Kind.NOT_FOUND
        && commands.around().setting(Setting.BASE_URL).isPresent()) {
      return new Ending(
          ExitCode.REFUSED,
          "refused",
          "there is no TokenHub API at "
              + Access.address(commands.around())
              + "; does "
              + Access.addressName(commands.around())
              + " end in /api/v1?",
          List.of("Nothing was made, and nothing is charged. It said: " + reason));
    }
    String next =
        switch (kind) {
          case CREDENTIALS, PERMISSION ->
              "Check "
                  + Access.keyName(commands.around())
                  + ", or try it at no cost: "
                  + commands.command("generate", "…", "--sandbox");
          case BALANCE -> "Add credit with the provider, then run the same command again.";
          case RATE_LIMIT, PROVIDER -> "Wait a little, then run the same command again.";
          default -> "Change the request and look at it first: " + commands.command("quote", "…");
        };
    return new Ending(
        ExitCode.REFUSED,
        "refused",
        "the provider refused it; nothing was made: " + reason,
        List.of(next));
  }

  public static Ending overCost(String what, List<String> next) {
    return new Ending(ExitCode.OVER_COST, "over-cost", what, next);
  }

  private static Ending unknown(Job job, Commands commands) {
    List<String> next = new ArrayList<>();
    next.add("Don't run it again yet: that may pay twice.");
    next.add(
        "Look in the provider's dashboard for a task made just then ("
            + job.authorisedAt().truncatedTo(ChronoUnit.SECONDS)
            + ").");
    if (commands.keepsJobs()) {
      String id = job.id().value();
      next.add("If it is there: " + commands.kept("resolve", id, "--attach", "TASK"));
      next.add("If not, the other ways out, and a letter that asks: " + commands.kept("show", id));
    } else {
      next.add("If it is there, fetch it: " + commands.await("TASK"));
      next.add("If it is not there after some minutes, run the command again.");
    }
    return new Ending(
        ExitCode.OUTCOME_UNKNOWN,
        "outcome-unknown",
        "nobody knows whether the provider took it: "
            + job.note()
                .map(note -> commands.around().isDebugged() ? note : lost(note))
                .orElse("no usable answer came back")
            + ". It may have been charged, so it is not sent again.",
        next);
  }

  /** Of a price that a cap or a limit doesn't allow. */
  public static Ending overBudget(String what, Commands commands) {
    return new Ending(
        ExitCode.OVER_COST,
        "over-budget",
        what,
        List.of(
            "Nothing was sent. See what counts against it, and what holds it: "
                + commands.kept("budget")));
  }

  /** Why no answer came, without the words of a program. */
  public static String lost(String note) {
    return EXCEPTION.matcher(note).matches() ? "the connection broke before an answer came" : note;
  }

  public static Ending stillRunning(String what, Job job, Commands commands) {
    if (job.taskId().isEmpty()) {
      return new Ending(
          ExitCode.TIMED_OUT,
          "not-sent",
          what + "; it was never sent, and nothing was charged",
          List.of("Run the same command again later."));
    }
    if (job.state() == JobState.SUCCEEDED) {
      return new Ending(
          ExitCode.NOT_FETCHED,
          "not-fetched",
          what + "; it is made and paid for, but not fetched yet",
          List.of("Fetch it: " + commands.await(job)));
    }
    return new Ending(
        ExitCode.TIMED_OUT,
        "still-running",
        what + "; the task goes on at the provider, and is paid for",
        List.of("Wait for it again: " + commands.await(job)));
  }

  private static String charged(Bill bill) {
    return switch (bill.basis()) {
      case UNCONFIRMED ->
          " Whether it was charged is not known; at most " + QuoteText.cents(bill.amount()) + ".";
      case AT_MOST -> " It cost at most " + QuoteText.cents(bill.amount()) + ".";
      case COMPUTED, STATED -> " It cost " + QuoteText.cents(bill.amount()) + ".";
    };
  }

  private static String stopped(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  private static String again(Optional<ProviderFault> fault) {
    ProviderFault.Kind kind = fault.map(ProviderFault::kind).orElse(ProviderFault.Kind.OTHER);
    return switch (kind) {
      case INPUT_TEXT,
          INPUT_IMAGE,
          INPUT_VIDEO,
          INPUT_AUDIO,
          REAL_PERSON,
          COPYRIGHT,
          OUTPUT_AUDIO,
          INVALID_REQUEST ->
          "Change that and run the command again: that is a new charge.";
      default -> "Run the command again if you still want it: that is a new charge.";
    };
  }

  private static String word(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String verb(JobState state) {
    return state == JobState.FAILED
        ? "failed"
        : state == JobState.CANCELLED ? "was cancelled" : "expired";
  }
}
