package io.github.seedance4j.adapter.cli.gallery;

import io.github.seedance4j.adapter.cli.gallery.Gallery.Wait;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws how long jobs took, as a histogram. The last bar has all that took still longer: a clip
 * that was fetched a day later must not press the others into one.
 */
final class WaitPlot {

  private static final int MOST_BARS = 12;
  private static final double USUAL_SHARE = 0.95;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long[] WIDTHS = {
    10,
    20,
    50,
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
    168 * HOUR
  };

  private final long width;
  private final List<Bar> bars = new ArrayList<>();
  private final boolean open;
  private final long median;
  private final long longest;
  private final int all;
  private final Unit unit;

  /** How many ended after so long. */
  private static final class Bar {
    private int clips;
    private int others;

    int all() {
      return clips + others;
    }
  }

  private record Unit(String name, String shortly, long millis) {}

  WaitPlot(List<Wait> waits) {
    long[] sorted = waits.stream().mapToLong(Wait::millis).sorted().toArray();
    all = sorted.length;
    median = (sorted[(all - 1) / 2] + sorted[all / 2]) / 2;
    longest = sorted[all - 1];
    long usual = sorted[(int) Math.min(all - 1L, Math.round(all * USUAL_SHARE))];
    long chosen = WIDTHS[WIDTHS.length - 1];
    for (int i = WIDTHS.length - 1; i >= 0 && usual / WIDTHS[i] < MOST_BARS; i--) {
      chosen = WIDTHS[i];
    }
    width = chosen;
    int count = (int) Math.min(MOST_BARS, usual / width + 1);
    open = longest / width >= count;
    for (int i = 0; i < count + (open ? 1 : 0); i++) {
      bars.add(new Bar());
    }
    for (Wait wait : waits) {
      Bar bar = bars.get((int) Math.min(bars.size() - 1L, wait.millis() / width));
      bar.clips += wait.hasClip() ? 1 : 0;
      bar.others += wait.hasClip() ? 0 : 1;
    }
    long span = width * count;
    unit =
        span <= 2 * MINUTE
            ? new Unit("seconds", "s", 1_000)
            : span <= 2 * HOUR ? new Unit("minutes", "min", MINUTE) : new Unit("hours", "h", HOUR);
  }

  /** All that the drawing says, in words. */
  String alternative() {
    return (all == 1 ? "One job ended" : all + " jobs ended")
        + "; half of them within "
        + inWords(median)
        + ", the slowest after "
        + inWords(longest)
        + ".";
  }

  boolean hasOthers() {
    return bars.stream().anyMatch(bar -> bar.others > 0);
  }

  void draw(Html html) {
    Frame frame = Frame.open(html, "waiting", "Waiting times", alternative());
    int most = bars.stream().mapToInt(Bar::all).max().orElse(1);
    Axis count = Axis.upTo(BigDecimal.valueOf(most), BigDecimal.ONE);
    frame.upwards(count, "jobs");
    double step = (Frame.RIGHT - Frame.LEFT) / (double) bars.size();
    double gap = Math.min(3, step / 8);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double x = Frame.LEFT + i * step + gap / 2;
      double clips = Frame.y(count.share(BigDecimal.valueOf(bar.clips)));
      double top = Frame.y(count.share(BigDecimal.valueOf(bar.all())));
      if (bar.clips > 0) {
        frame.bar("clips", x, clips, step - gap, Frame.BOTTOM - clips);
      }
      if (bar.others > 0) {
        frame.bar("others", x, top, step - gap, clips - top);
      }
    }
    int every = (bars.size() + 6) / 7;
    int closed = bars.size() - (open ? 1 : 0);
    for (int i = 0; i <= closed; i += every) {
      frame.markBelow(Frame.LEFT + i * step, number(i * width));
    }
    frame.nameBelow(
        unit.name + " from order to end" + (open ? "; last bar: longer than that" : ""));
    if (median / width < closed) {
      double x = Frame.LEFT + step * median / width;
      frame.line("median", x, Frame.TOP - 6, x, Frame.BOTTOM);
      boolean left = x > Frame.LEFT + (Frame.RIGHT - Frame.LEFT) * 0.6;
      frame.text(
          left ? "end on-median" : "start on-median",
          "median " + inWords(median),
          left ? x - 5 : x + 5,
          Frame.TOP - 2);
    }
    frame.close();
  }

  private String number(long millis) {
    return BigDecimal.valueOf(millis)
        .divide(BigDecimal.valueOf(unit.millis), 2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Such as {@code 2 min 5 s}. */
  static String inWords(long millis) {
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    long seconds = Math.round(millis / 1_000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    long hours = seconds / 3_600;
    return hours < 48 ? hours + " h " + seconds % 3_600 / 60 + " min" : hours / 24 + " days";
  }
}
