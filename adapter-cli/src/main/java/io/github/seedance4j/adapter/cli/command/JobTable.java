package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Clip;
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
import java.util.Optional;

/**
 * Writes jobs as a table that fits a line of 80 characters; in a window half as wide, which folds
 * it, the first half has what matters most.
 */
public final class JobTable {

  private static final int WIDE = 100;
  private static final int GAP = 2;
  private static final int LABEL = 12;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private JobTable() {}

  /**
   * A head and a line for each, with prompts where there is room for them.
   *
   * @param here where paths are seen from
   * @param width of the terminal
   */
  public static List<String> lines(List<Job> jobs, Path here, int width) {
    boolean labelled = jobs.stream().anyMatch(job -> job.label().isPresent());
    List<String> lines = new ArrayList<>();
    String head = columns(labelled, "JOB", "STATE", "COST", "CREATED (UTC)", "LABEL");
    int room = width - head.length();
    int clips = width < WIDE ? room : clips(jobs, here, room);
    lines.add(head + (width < WIDE ? "CLIP" : pad("CLIP", clips + GAP) + "PROMPT"));
    for (Job job : jobs) {
      String columns =
          columns(
              labelled,
              JobNames.shortened(job),
              state(job),
              cost(job),
              minute(job.createdAt()),
              job.label().orElse(""));
      String what = what(job, here, clips);
      String prompt =
          width < WIDE ? "" : cutEnd(line(job.draft().prompt().orElse("")), room - clips - GAP);
      lines.add((columns + pad(what, clips + GAP) + prompt).stripTrailing());
    }
    return lines;
  }

  /** As wide as the longest of them, or two fifths of what is left for them and for prompts. */
  private static int clips(List<Job> jobs, Path here, int room) {
    int longest =
        jobs.stream()
            .map(job -> what(job, here, room))
            .mapToInt(text -> text.codePointCount(0, text.length()))
            .max()
            .orElse(0);
    return Math.max("CLIP".length(), Math.min(longest, room * 2 / 5));
  }

  public static String minute(Instant time) {
    return MINUTE.format(time);
  }

  public static String state(Job job) {
    return job.state().name().toLowerCase(Locale.ROOT).replace("not_sent", "not sent");
  }

  private static String columns(
      boolean labelled, String job, String state, String cost, String created, String label) {
    String line = pad(job, 14) + pad(state, 11) + pad(cost, 11) + pad(created, 18);
    return labelled ? line + pad(cut(label, LABEL - 2), LABEL) : line;
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
  private static String what(Job job, Path here, int width) {
    if (job.state() == JobState.UNKNOWN) {
      return cutEnd("may have been charged", width);
    }
    Optional<String> file =
        job.clip()
            .map(Clip::path)
            .or(() -> job.state().isUnfinished() ? job.clipTarget() : Optional.empty())
            .map(path -> path(here, path, width));
    return file.or(() -> job.state().isUnfinished() ? Optional.empty() : job.reason())
        .map(text -> cutEnd(line(text), width))
        .orElse("");
  }

  /** As it can be typed here; if that is too long, of its directories only the last. */
  private static String path(Path here, Path path, int width) {
    String whole = line(ClipFile.shown(here, path));
    String name = line(String.valueOf(path.getFileName()));
    int length = whole.codePointCount(0, whole.length());
    if (length <= width) {
      return whole;
    }
    return name.codePointCount(0, name.length()) < width
        ? "…" + whole.substring(whole.offsetByCodePoints(0, length - width + 1))
        : cut(name, width);
  }

  private static String line(String text) {
    return Talk.printable(text).replaceAll("\\s+", " ").strip();
  }

  /** In one line, and left out of the middle what is too much: names differ in their ends. */
  public static String cut(String text, int width) {
    int[] characters = Talk.printable(text).replaceAll("\\s+", " ").codePoints().toArray();
    int tail = (width - 1) / 2;
    return characters.length <= width
        ? new String(characters, 0, characters.length)
        : new String(characters, 0, width - 1 - tail)
            + "…"
            + new String(characters, characters.length - tail, tail);
  }

  private static String cutEnd(String text, int width) {
    return text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** Filled up to that many characters, and with a space at least. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.codePointCount(0, text.length())));
  }
}
