package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.job.Job;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which take of what a job is, by the key that {@code BatchKeys} gave it.
 *
 * @param of what it is a take of, the same for all of them
 * @param number from 1 on
 * @param line the id of its line in a batch; the empty string where it has none
 */
record TakeOf(String of, int number, String line) {

  private static final Pattern KEY = Pattern.compile("(.+)#(\\d{1,6})(?:~\\d+)?");
  private static final Pattern LINE = Pattern.compile("batch:[0-9a-f]+:id:(.+)");

  /** Empty for a job of its own. */
  static Optional<TakeOf> of(Job job) {
    return job.idempotencyKey()
        .map(KEY::matcher)
        .filter(Matcher::matches)
        .filter(key -> key.group(1).startsWith("takes:") || key.group(1).startsWith("batch:"))
        .map(
            key -> {
              Matcher line = LINE.matcher(key.group(1));
              String id = line.matches() ? line.group(1) : "";
              return new TakeOf(key.group(1), Integer.parseInt(key.group(2)), id);
            });
  }

  /** In the same order, but that takes of the same stand together where its first one stood. */
  static List<Job> together(List<Job> jobs) {
    Map<String, List<Job>> groups = new LinkedHashMap<>();
    for (Job job : jobs) {
      String group = of(job).map(TakeOf::of).orElse(job.id().value());
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(job);
    }
    List<Job> sorted = new ArrayList<>();
    for (List<Job> group : groups.values()) {
      group.sort(Comparator.comparingInt(job -> of(job).map(TakeOf::number).orElse(0)));
      sorted.addAll(group);
    }
    return sorted;
  }

  /** How many of those jobs are takes of each. */
  static Map<String, Integer> counts(List<Job> jobs) {
    Map<String, Integer> counts = new HashMap<>();
    jobs.forEach(job -> of(job).ifPresent(take -> counts.merge(take.of(), 1, Integer::sum)));
    return counts;
  }

  /** Such as {@code opening, take 2}; the number only where there are several. */
  String text(Map<String, Integer> counts) {
    String take = counts.getOrDefault(of, 1) > 1 ? "take " + number : "";
    return line + (line.isEmpty() || take.isEmpty() ? "" : ", ") + take;
  }
}
