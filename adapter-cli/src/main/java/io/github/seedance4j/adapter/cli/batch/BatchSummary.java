package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.Spend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says at the end what became of a batch: its sum, and every clip that is not there. */
public final class BatchSummary {

  private static final int MOST_SHOWN = 10;

  /** Each of these is told by itself, the worst first. */
  private static final List<BatchEnd> ONE_BY_ONE =
      List.of(BatchEnd.UNKNOWN, BatchEnd.NOT_FETCHED, BatchEnd.FAILED, BatchEnd.REFUSED);

  /** Where the same command goes on by itself. */
  private static final Set<BatchEnd> GOES_ON =
      EnumSet.of(BatchEnd.NOT_RUN, BatchEnd.RUNNING, BatchEnd.NOT_FETCHED, BatchEnd.OVER_BUDGET);

  /** What is not there, and won't be by itself. */
  private static final Set<BatchEnd> NEVER_MADE =
      EnumSet.of(BatchEnd.NOT_RUN, BatchEnd.OVER_BUDGET, BatchEnd.FAILED, BatchEnd.REFUSED);

  private final List<BatchEntry> entries;
  private final Commands commands;

  BatchSummary(List<BatchEntry> entries, Commands commands) {
    this.entries = entries.stream().map(BatchEntry::closed).toList();
    this.commands = commands;
  }

  /** By the worst that happened. */
  int exit() {
    return entries.stream()
        .map(BatchSummary::end)
        .max(Enum::compareTo)
        .map(BatchEnd::exit)
        .orElse(ExitCode.DONE);
  }

  /**
   * How many are there, how many were purged since, and what all of it cost. An earlier run may
   * have had another directory.
   *
   * @param shown the empty string for the working directory
   */
  String headline(Path directory, String shown, Spend spend) {
    List<BatchEntry> stored = of(BatchEnd.STORED);
    long elsewhere = stored.stream().filter(entry -> !isIn(directory, entry)).count();
    int purged = of(BatchEnd.PURGED).size();
    String held =
        spend.held().amount().signum() == 0 ? "" : ", " + QuoteText.cents(spend.held()) + " held";
    String unconfirmed =
        spend.unconfirmed().amount().signum() == 0
            ? ""
            : " (" + QuoteText.cents(spend.unconfirmed()) + " of it perhaps not charged)";
    String money =
        commands.isFree()
            ? "would have cost " + QuoteText.cents(spend.settled()) + "; nothing was charged"
            : QuoteText.cents(spend.settled()) + " spent" + unconfirmed + held;
    return stored.size()
        + " of "
        + entries.size()
        + " stored"
        + (stored.isEmpty()
            ? ""
            : elsewhere == 0
                ? (shown.isEmpty() ? "" : " in " + shown)
                : ", " + elsewhere + " of them before, elsewhere than in " + shown)
        + (purged == 0 ? "" : ", " + purged + " purged")
        + "; "
        + money
        + ".";
  }

  /** Of clips that were there once, a line for each way to lose them. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    List<BatchEntry> missing = entries.stream().filter(BatchEntry::isMissing).toList();
    if (!missing.isEmpty()) {
      notes.add("stored before, and not there any more: " + names(missing));
    }
    List<BatchEntry> purged = of(BatchEnd.PURGED);
    if (!purged.isEmpty()) {
      notes.add(
          "purged after they were made, and not made again: "
              + names(purged)
              + "; a new id makes one again");
    }
    return notes;
  }

  private static String names(List<BatchEntry> those) {
    String names =
        those.stream()
            .limit(MOST_SHOWN)
            .map(entry -> entry.item().name())
            .collect(Collectors.joining(", "));
    return those.size() > MOST_SHOWN ? names + ", …" : names;
  }

  /** What is wrong, a line each, with what to do about it. */
  List<String> troubles() {
    List<String> lines = new ArrayList<>();
    for (BatchEnd end : ONE_BY_ONE) {
      List<BatchEntry> those = of(end);
      those.stream()
          .limit(MOST_SHOWN)
          .forEach(entry -> lines.add(entry.item().name() + ": " + words(entry, end)));
      if (those.size() > MOST_SHOWN) {
        lines.add("… and " + (those.size() - MOST_SHOWN) + " more: " + end.words());
      }
    }
    for (BatchEnd end : List.of(BatchEnd.OVER_BUDGET, BatchEnd.RUNNING, BatchEnd.NOT_RUN)) {
      of(end).stream()
          .collect(
              Collectors.groupingBy(BatchEntry::reason, LinkedHashMap::new, Collectors.toList()))
          .forEach(
              (reason, those) ->
                  lines.add(
                      end.words()
                          + ", "
                          + numbers(those)
                          + (reason.isEmpty() ? "" : ": " + reason)));
    }
    return lines;
  }

  /** What to do next, a line each. */
  List<String> next() {
    List<String> next = new ArrayList<>();
    for (BatchEntry entry : of(BatchEnd.UNKNOWN).stream().limit(MOST_SHOWN).toList()) {
      String job = Objects.requireNonNull(entry.job()).id().value();
      next.add(
          "May be charged, and is never sent again by itself. Look into it: "
              + commands.kept("show", job));
    }
    if (entries.stream().noneMatch(entry -> entry.item().line().isOfFile())) {
      next.addAll(nextForTakes());
      return next;
    }
    if (!of(BatchEnd.FAILED).isEmpty()) {
      next.add("To pay for failed ones again: the same command with --retry-failed.");
    }
    if (!of(BatchEnd.OVER_BUDGET).isEmpty()) {
      next.add("For those over budget, raise --budget.");
    }
    if (entries.stream().anyMatch(entry -> GOES_ON.contains(end(entry)))) {
      next.add("To go on, without paying again: " + commands.again());
    }
    return next;
  }

  /** There is no file to run again, and the same command would make further ones. */
  private List<String> nextForTakes() {
    List<String> next = new ArrayList<>();
    boolean lessThanAll = entries.stream().anyMatch(entry -> NEVER_MADE.contains(end(entry)));
    if (lessThanAll) {
      next.add("To make what is missing, which is a new charge, ask for as many --takes.");
    }
    if (!of(BatchEnd.OVER_BUDGET).isEmpty()) {
      next.add("See what counts against the budget: " + commands.kept("budget"));
    }
    boolean goesOn = !of(BatchEnd.RUNNING).isEmpty() || !of(BatchEnd.NOT_FETCHED).isEmpty();
    if (goesOn && commands.keepsJobs()) {
      next.add("To fetch those that go on, without paying again: " + commands.kept("resume"));
    }
    return next;
  }

  private static boolean isIn(Path directory, BatchEntry entry) {
    Job job = entry.job();
    return job == null || job.clip().map(clip -> clip.path().startsWith(directory)).orElse(true);
  }

  private static String words(BatchEntry entry, BatchEnd end) {
    Job job = entry.job();
    String bill =
        end != BatchEnd.FAILED || job == null
            ? ""
            : job.bill().map(known -> " (" + QuoteText.cost(known) + ")").orElse("");
    return end.words() + (entry.reason().isEmpty() ? "" : ": " + entry.reason()) + bill;
  }

  private List<BatchEntry> of(BatchEnd end) {
    return entries.stream().filter(entry -> end(entry) == end).toList();
  }

  private static BatchEnd end(BatchEntry entry) {
    return Objects.requireNonNull(entry.end());
  }

  /** Such as {@code lines 3–7, 9}. */
  private static String numbers(List<BatchEntry> those) {
    boolean inFile = those.stream().anyMatch(entry -> entry.item().line().isOfFile());
    String what = inFile ? "line" : "take";
    List<Integer> lines =
        new ArrayList<>(
            those.stream()
                .map(BatchEntry::item)
                .map(item -> inFile ? item.line().number() : item.take())
                .collect(Collectors.toCollection(TreeSet::new)));
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int first = lines.get(i);
      while (i + 1 < lines.size() && lines.get(i + 1) == lines.get(i) + 1) {
        i++;
      }
      runs.add(first == lines.get(i) ? "" + first : first + "–" + lines.get(i));
    }
    return (lines.size() == 1 ? what + " " : what + "s ") + String.join(", ", runs);
  }
}
