package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.Progress;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Ticker;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.pricing.Money;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a batch is getting on: on a terminal in a small table that is kept up to date, with
 * counts, money and what is under way; elsewhere in a line for each clip that is sent, and each
 * that ends. Thread-safe.
 */
public final class BatchTable implements Consumer<BatchEntry>, AutoCloseable {

  private static final int MOST_ROWS = 8;

  /** So that a live line has room for the time before it and the state behind it. */
  private static final int NAME_WIDTH = 18;

  private static final int TIME_WIDTH = 5;

  private final Talk talk;
  private final Clock clock;
  private final BatchBoard board;
  private final ClipShown shown;
  private final @Nullable Money budget;
  private final Instant begin;
  private final int all;
  private final Set<String> told = new HashSet<>();
  private @Nullable Ticker ticker;
  private int ended;
  private boolean closed;

  /** Writes a clip's path as the user would. */
  @FunctionalInterface
  public interface ClipShown {
    String of(Path clip);
  }

  public BatchTable(
      Talk talk, Clock clock, BatchBoard board, ClipShown shown, @Nullable Money budget) {
    this.talk = talk;
    this.clock = clock;
    this.board = board;
    this.shown = shown;
    this.budget = budget;
    this.begin = clock.instant();
    this.all = board.entries().size();
  }

  /** Begins to draw, where there is something to draw on. */
  public synchronized void start() {
    if (talk.isLive() && ticker == null) {
      ticker = new Ticker("seedance-batch-table", this::draw);
    }
  }

  @Override
  public synchronized void accept(BatchEntry entry) {
    ended += entry.end() == null ? 0 : 1;
    if (closed || entry.since() == null) {
      return; // it was settled before this run
    }
    Job job = entry.job();
    if (entry.end() != null) {
      talk.say(elapsed(begin) + "  [" + ended + "/" + all + "] " + line(entry));
    } else if (talk.isLive()) {
      if (job != null && job.state().isDue() && told.add(Progress.words(job))) {
        talk.say(elapsed(begin) + "  " + entry.item().name() + ": " + Progress.words(job));
      }
    } else if (job != null && isNews(entry.item(), job)) {
      String task = job.taskId().map(id -> ", task " + id).orElse("");
      talk.say(elapsed(begin) + "  " + entry.item().name() + ": " + Progress.words(job) + task);
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Takes the table away; nothing is drawn any more. */
  public synchronized void end() {
    closed = true;
    if (ticker != null) {
      ticker.stop();
    }
    talk.endLive();
  }

  /** That it was taken, and what keeps it from being sent; the rest is for the table. */
  private boolean isNews(BatchItem item, Job job) {
    boolean worthwhile = job.state() == JobState.SUBMITTED || job.state().isDue();
    return worthwhile && told.add(item.key() + Progress.words(job));
  }

  private String line(BatchEntry entry) {
    BatchEnd end = Objects.requireNonNull(entry.end());
    Job job = entry.job();
    String name = entry.item().name() + ": ";
    if (end == BatchEnd.STORED && job != null && job.clip().isPresent()) {
      return name
          + shown.of(job.clip().get().path())
          + job.bill().map(bill -> ", " + QuoteText.cents(bill.amount())).orElse("");
    }
    return name + end.words() + (entry.reason().isEmpty() ? "" : ": " + entry.reason());
  }

  /** Without the lock of either: what is drawn may be a moment old, and nobody waits for it. */
  private void draw() {
    List<BatchEntry> entries = board.entries();
    Spend spend = board.spend();
    synchronized (this) {
      if (!closed) {
        talk.live(String.join("\n", lines(entries, spend)));
      }
    }
  }

  /** Each fits into a live line, unless its figures are very long. */
  List<String> lines(List<BatchEntry> entries, Spend spend) {
    Map<BatchEnd, Integer> counts = new TreeMap<>(Comparator.reverseOrder()); // the worst first
    List<BatchEntry> active = new ArrayList<>();
    int waiting = 0;
    for (BatchEntry entry : entries) {
      BatchEnd end = entry.end();
      if (end != null) {
        counts.merge(end, 1, Integer::sum);
      } else if (entry.isActive()) {
        active.add(entry);
      } else {
        waiting++;
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(elapsed(begin) + "  " + active.size() + " under way, " + waiting + " to go");
    String ends = "";
    for (Map.Entry<BatchEnd, Integer> count : counts.entrySet()) {
      String next = count.getValue() + " " + count.getKey().words();
      if (ends.length() + 2 + next.length() > Talk.LIVE_WIDTH) {
        lines.add(ends);
        ends = "";
      }
      ends += (ends.isEmpty() ? "" : ", ") + next;
    }
    if (!ends.isEmpty()) {
      lines.add(ends);
    }
    lines.add(money(spend));
    active.stream().limit(MOST_ROWS).forEach(entry -> lines.add(row(entry)));
    if (active.size() > MOST_ROWS) {
      lines.add("  … and " + (active.size() - MOST_ROWS) + " more");
    }
    return lines;
  }

  private String money(Spend spend) {
    return "spent "
        + QuoteText.plainCents(spend.settled())
        + ", held "
        + (budget == null
            ? QuoteText.cents(spend.held())
            : QuoteText.plainCents(spend.held()) + " of " + QuoteText.cents(budget));
  }

  private String row(BatchEntry entry) {
    Job job = entry.job();
    String words = job == null ? "sending" : Progress.brief(job);
    Instant since = entry.since();
    return "  "
        + JobTable.pad(since == null ? "" : elapsed(since), TIME_WIDTH + 1)
        + JobTable.pad(JobTable.cut(entry.item().name(), NAME_WIDTH), NAME_WIDTH + 1)
        + words;
  }

  private String elapsed(Instant since) {
    return Progress.elapsed(since, clock.instant());
  }
}
