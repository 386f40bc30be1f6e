package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened at a fake, in words, for a person who wonders why a test failed. */
final class HubStory {

  private static final int MOST_LINES = 20;

  private HubStory() {}

  static String of(
      long seed,
      Instant now,
      List<FakeTask> tasks,
      Ledger ledger,
      List<Fault> struck,
      Script.Waiting waiting) {
    return "seed "
        + seed
        + ", its clock at "
        + now
        + paragraph("tasks", tasks.stream().map(HubStory::task).toList())
        + paragraph("faults struck", counted(struck))
        + paragraph("scripted, and not struck yet", waiting(waiting))
        + paragraph("ledger", ledger.entries().stream().map(LedgerEntry::toJson).toList());
  }

  private static String task(FakeTask task) {
    return task.id() + " " + task.status() + " " + task.cost() + " USD: " + task.prompt();
  }

  /** Runs of the same fault as one line: a stuck task is struck by each of its polls. */
  private static List<String> counted(List<Fault> struck) {
    Map<Fault, Integer> counts = new LinkedHashMap<>();
    struck.forEach(fault -> counts.merge(fault, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(one -> one.getKey() + (one.getValue() > 1 ? ", " + one.getValue() + " times" : ""))
        .toList();
  }

  private static List<String> waiting(Script.Waiting waiting) {
    List<String> lines = new ArrayList<>();
    waiting.next().forEach(faults -> lines.add("for a create: " + named(faults)));
    waiting
        .prompts()
        .forEach((part, faults) -> lines.add("for \"" + part + "\": " + named(faults)));
    waiting.connections().forEach(fault -> lines.add("for a connection: " + fault));
    return lines;
  }

  private static String named(Collection<Fault> faults) {
    return faults.isEmpty()
        ? "success"
        : faults.stream().map(Fault::toString).collect(Collectors.joining(", "));
  }

  private static String paragraph(String title, List<String> lines) {
    int cut = Math.max(0, lines.size() - MOST_LINES);
    return Stream.of(
            Stream.of("\n" + title + ":" + (lines.isEmpty() ? " none" : "")),
            cut == 0 ? Stream.<String>of() : Stream.of("\n  (" + cut + " more before these)"),
            lines.stream().skip(cut).map(line -> "\n  " + line))
        .flatMap(part -> part)
        .collect(Collectors.joining());
  }
}
