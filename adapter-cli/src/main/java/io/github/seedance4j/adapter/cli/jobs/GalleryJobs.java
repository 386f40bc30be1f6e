package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.JobText;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Reminder;
import io.github.seedance4j.adapter.cli.gallery.Gallery;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Card;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Total;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Wait;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Way;
import io.github.seedance4j.adapter.cli.gallery.SpendCurve;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what the page of clips shows: of all jobs the figures, of the newest everything. */
final class GalleryJobs {

  private static final Set<JobState> MADE_OR_NOT =
      EnumSet.of(JobState.STORED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Instant from;
  private final int most;
  private final SpendHistory history;
  private final List<Job> shown = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private Spend spend;
  private Money quoted;
  private Money billed;
  private BigDecimal seconds = BigDecimal.ZERO;
  private long bytes;
  private int count;
  private int clips;
  private int holding;
  private int unknown;
  private int unfetched;
  private Instant oldest = Instant.MAX;
  private Instant newest = Instant.MIN;

  /**
   * @param from when those were agreed to that are shown; what was before counts only against caps
   * @param most how many to show
   */
  GalleryJobs(Currency currency, Instant from, int most) {
    this.from = from;
    this.most = most;
    this.history = new SpendHistory(currency);
    this.spend = Spend.none(currency);
    this.quoted = Money.zero(currency);
    this.billed = quoted;
  }

  /** Takes the next one; always true. */
  boolean add(Job job) {
    history.add(job);
    if (job.authorisedAt().isBefore(from)) {
      return true;
    }
    count++;
    spend = spend.plus(job);
    oldest = job.authorisedAt().isBefore(oldest) ? job.authorisedAt() : oldest;
    newest = job.authorisedAt().isAfter(newest) ? job.authorisedAt() : newest;
    holding += JobText.held(job).isPresent() ? 1 : 0;
    unknown += job.state() == JobState.UNKNOWN ? 1 : 0;
    unfetched += job.state() == JobState.SUCCEEDED ? 1 : 0;
    if (MADE_OR_NOT.contains(job.state())) {
      long millis = Duration.between(job.authorisedAt(), job.changedAt()).toMillis();
      waits.add(new Wait(Math.max(0, millis), job.state() == JobState.STORED));
    }
    job.clip().ifPresent(clip -> made(job, clip));
    if (shown.size() < most) {
      shown.add(job);
    }
    return true;
  }

  private void made(Job job, Clip clip) {
    clips++;
    seconds = seconds.add(clip.length().seconds());
    bytes += clip.bytes();
    Money bill = job.bill().map(it -> it.amount()).orElse(null);
    Money high = job.quote().map(it -> it.high()).orElse(null);
    if (bill != null
        && high != null
        && bill.currency().equals(billed.currency())
        && high.currency().equals(billed.currency())) {
      billed = billed.plus(bill);
      quoted = quoted.plus(high);
    }
  }

  /** Newest first; takes of the same together, in their order. */
  List<Job> shown() {
    return TakeOf.together(shown);
  }

  int count() {
    return count;
  }

  Gallery gallery(
      String title,
      Instant now,
      @Nullable BudgetUse cap,
      Function<Job, Card> card,
      Reminder.Command command,
      List<String> begin) {
    Budget budget = cap == null ? null : cap.budget();
    SpendCurve curve = history.curve(from, now, budget);
    int left = count - shown.size();
    String more = left == 0 ? "" : "And " + left + " older, which count above: --limit shows more.";
    if (count == 0) {
      more =
          begin.size() == 1
              ? "There is no job like that. All there are:"
              : "Make a first clip. This one costs nothing and needs no key:";
    }
    return new Gallery(
        title,
        subtitle(),
        now,
        totals(cap),
        attention(command),
        count == 0 ? null : curve,
        waits,
        shown().stream().map(card).toList(),
        more,
        begin);
  }

  private String subtitle() {
    if (count == 0) {
      return "No jobs";
    }
    String first = DAY.format(oldest);
    String last = DAY.format(newest);
    return (count == 1 ? "One job, " : count + " jobs, ")
        + (first.equals(last) ? first : first.replace(year(last), "") + " to " + last)
        + " (UTC)";
  }

  /** With the space before it. */
  private static String year(String day) {
    return day.substring(day.lastIndexOf(' '));
  }

  private List<Total> totals(@Nullable BudgetUse cap) {
    List<Total> totals = new ArrayList<>();
    SpendText.Cents cents = SpendText.cents(spend);
    String currency = spend.held().currency().getCurrencyCode();
    totals.add(new Total("Spent", cents.settled().toPlainString() + " " + currency, parts(cents)));
    totals.add(
        new Total(
            "Held",
            cents.held().toPlainString() + " " + currency,
            holding == 0
                ? "nothing waits for its bill"
                : holding == 1
                    ? "one job without a bill yet"
                    : holding + " jobs without a bill yet"));
    if (cap != null) {
      String of = QuoteText.cents(cap.budget().cap());
      String period =
          switch (cap.budget().period()) {
            case DAY -> " for today";
            case MONTH -> " for this month";
            case EVER -> "";
          };
      Money left = cap.left();
      boolean over = left.amount().signum() < 0;
      Money beyond = new Money(left.amount().abs(), left.currency());
      totals.add(
          new Total(
              over ? "Over the cap" : "Left under the cap",
              over ? QuoteText.cents(beyond) : QuoteText.centsLeft(left),
              "of " + of + period));
    }
    if (quoted.amount().signum() > 0) {
      totals.add(
          new Total(
              "Billed against quoted",
              deviation(),
              QuoteText.plainCents(billed) + " for " + QuoteText.plainCents(quoted) + " quoted"));
    }
    totals.add(
        new Total(
            clips == 1 ? "Clip" : "Clips",
            String.valueOf(clips),
            clips == 0
                ? "none yet"
                : QuoteText.seconds(seconds.setScale(0, RoundingMode.HALF_UP))
                    + " s of video, "
                    + Progress.size(bytes)));
    return totals;
  }

  /** What the sum is made of, as far as there is any. */
  private static String parts(SpendText.Cents cents) {
    StringJoiner parts = new StringJoiner(", ");
    part(parts, cents.computed(), "computed");
    part(parts, cents.unconfirmed(), "unconfirmed");
    part(parts, cents.stated(), "looked up");
    return parts.length() == 0 ? "nothing yet" : parts.toString();
  }

  private static void part(StringJoiner parts, BigDecimal amount, String name) {
    if (amount.signum() > 0) {
      parts.add(amount.toPlainString() + " " + name);
    }
  }

  private String deviation() {
    BigDecimal percent =
        billed
            .amount()
            .subtract(quoted.amount())
            .multiply(BigDecimal.valueOf(100))
            .divide(quoted.amount(), 1, RoundingMode.HALF_UP);
    return (percent.signum() > 0 ? "+" : "") + percent.toPlainString().replace('-', '−') + " %";
  }

  private List<Way> attention(Reminder.Command command) {
    List<Way> waiting = new ArrayList<>();
    if (unknown > 0) {
      String what = unknown == 1 ? "One outcome is unknown" : unknown + " outcomes are unknown";
      waiting.add(
          new Way(what + " and may have been charged", command.of("jobs", "--state", "unknown")));
    }
    if (unfetched > 0) {
      String what = unfetched == 1 ? "A paid clip waits" : unfetched + " paid clips wait";
      waiting.add(new Way(what + " to be fetched: links die within a day", command.of("resume")));
    }
    return waiting;
  }
}
