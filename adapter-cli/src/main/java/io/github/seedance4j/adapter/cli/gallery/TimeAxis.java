package io.github.seedance4j.adapter.cli.gallery;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where an axis of time has its marks, in UTC: at round times, days, months or years. */
record TimeAxis(Instant begin, Instant end) {

  private static final int MOST = 5;
  private static final Duration LONGEST_IN_DAYS = Duration.ofDays(70);
  private static final long[] SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200
  };
  private static final int[] DAYS = {1, 2, 5, 7, 14};
  private static final int[] MONTHS = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200};

  /** A mark and what stands below it. */
  record Mark(Instant at, String label) {}

  /** How much of the way a moment is, from 0 to 1. */
  double share(Instant at) {
    double all = Duration.between(begin, end).toMillis();
    return Math.min(1, Math.max(0, Duration.between(begin, at).toMillis() / all));
  }

  /** What the axis is called: days say their month themselves. */
  String name() {
    return isWithinDays() ? day(begin) + ", UTC" : isByMonth() ? "month (UTC)" : "day (UTC)";
  }

  List<Mark> marks() {
    return isWithinDays() ? ofSeconds() : isByMonth() ? ofMonths() : ofDays();
  }

  static String day(Instant at) {
    return format("d MMM yyyy", at);
  }

  private boolean isWithinDays() {
    return Duration.between(begin, end).compareTo(Duration.ofHours(40)) < 0;
  }

  private boolean isByMonth() {
    return Duration.between(begin, end).compareTo(LONGEST_IN_DAYS) > 0;
  }

  private List<Mark> ofSeconds() {
    long span = Duration.between(begin, end).toSeconds();
    long step = SECONDS[SECONDS.length - 1];
    for (int i = SECONDS.length - 1; i >= 0 && span / SECONDS[i] <= MOST; i--) {
      step = SECONDS[i];
    }
    List<Mark> marks = new ArrayList<>();
    long first = Math.floorDiv(begin.getEpochSecond() + step - 1, step) * step;
    for (long at = first; at <= end.getEpochSecond(); at += step) {
      Instant moment = Instant.ofEpochSecond(at);
      if (!moment.isBefore(begin)) {
        boolean midnight = at % 86_400 == 0;
        String pattern = midnight ? "d MMM" : step < 60 ? "HH:mm:ss" : "HH:mm";
        marks.add(new Mark(moment, format(pattern, moment)));
      }
    }
    return marks;
  }

  private List<Mark> ofDays() {
    long span = Duration.between(begin, end).toDays();
    int step = DAYS[DAYS.length - 1];
    for (int i = DAYS.length - 1; i >= 0 && span / DAYS[i] <= MOST; i--) {
      step = DAYS[i];
    }
    List<Mark> marks = new ArrayList<>();
    LocalDate day = LocalDate.ofInstant(begin, ZoneOffset.UTC);
    for (; !start(day).isAfter(end); day = day.plusDays(step)) {
      day = start(day).isBefore(begin) ? day.plusDays(1) : day;
      if (!start(day).isAfter(end)) {
        marks.add(new Mark(start(day), format("d MMM", start(day))));
      }
    }
    return marks;
  }

  private List<Mark> ofMonths() {
    long span = Duration.between(begin, end).toDays() / 30;
    int step = MONTHS[MONTHS.length - 1];
    for (int i = MONTHS.length - 1; i >= 0 && span / MONTHS[i] <= MOST; i--) {
      step = MONTHS[i];
    }
    List<Mark> marks = new ArrayList<>();
    LocalDate month = LocalDate.ofInstant(begin, ZoneOffset.UTC).withDayOfMonth(1).plusMonths(1);
    for (; !start(month).isAfter(end); month = month.plusMonths(step)) {
      marks.add(new Mark(start(month), format("MMM yyyy", start(month))));
    }
    return marks;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String format(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC).format(at);
  }
}
