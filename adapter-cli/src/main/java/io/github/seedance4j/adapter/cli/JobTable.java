package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes jobs as a table that fits a line of 80 characters. */
final class JobTable {

  private static final int WIDTH = 80;
  private static final int LABEL = 12;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private JobTable() {}

  /** A head and a line for each. */
  static List<String> lines(List<Job> jobs) {
    boolean labelled = jobs.stream().anyMatch(job -> job.label().isPresent());
    List<String> lines = new ArrayList<>();
    lines.add(line(labelled, "JOB", "STATE", "CREATED (UTC)", "COST", "LABEL", "CLIP"));
    for (Job job : jobs) {
      lines.add(
          line(
              labelled,
              JobNames.shortened(job),
              state(job),
              minute(job.createdAt()),
              cost(job),
              job.label().orElse(""),
              what(job)));
    }
    return lines;
  }

  static String minute(Instant time) {
    return MINUTE.format(time);
  }

  static String state(Job job) {
    return job.state().name().toLowerCase(Locale.ROOT).replace("not_sent", "not sent");
  }

  private static String line(
      boolean labelled,
      String job,
      String state,
      String created,
      String cost,
      String label,
      String what) {
    String line = pad(job, 14) + pad(state, 11) + pad(created, 18) + pad(cost, 11);
    if (labelled) {
      line += pad(cut(label, LABEL - 2), LABEL);
    }
    return (line + cut(what, WIDTH - line.length())).stripTrailing();
  }

  /** The bill, or what is held; {@code ≤} where it may be less. */
  private static String cost(Job job) {
    Bill bill = job.bill().orElse(null);
    if (bill == null) {
      return job.counted().map(Money::amount).filter(a -> a.signum() > 0).isPresent()
          ? QuoteText.plainCents(job.counted().orElseThrow()) + " held"
          : "";
    }
    boolean sure =
        bill.basis() == Bill.Basis.COMPUTED
            || bill.basis() == Bill.Basis.STATED
            || bill.amount().amount().signum() == 0;
    return (sure ? "" : "≤") + QuoteText.plainCents(bill.amount());
  }

  /** Where its clip is, or will be, else why there is none. */
  private static String what(Job job) {
    if (job.state() == JobState.UNKNOWN) {
      return "may have been charged";
    }
    return job.clip()
        .map(clip -> name(clip.path()))
        .or(() -> job.state().isUnfinished() ? job.clipTarget().map(JobTable::name) : job.reason())
        .map(text -> Talk.printable(text).replaceAll("\\s+", " "))
        .orElse("");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String cut(String text, int width) {
    if (text.codePointCount(0, text.length()) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.codePointCount(0, text.length())));
  }
}
