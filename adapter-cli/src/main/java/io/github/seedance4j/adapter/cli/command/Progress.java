package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Bill;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a job is getting on: on a terminal in one live line that counts the seconds, elsewhere
 * in a line for each change. Told by the service's threads; thread-safe.
 */
public final class Progress implements Consumer<JobEvent>, AutoCloseable {

  private final Talk talk;
  private final Clock clock;
  private final Instant begin;
  private @Nullable Ticker ticker;
  private @Nullable Job latest;
  private final Set<String> said = new HashSet<>();
  private @Nullable String unsent;
  private JobEvent.@Nullable Progress download;
  private boolean closed;

  public Progress(Talk talk, Clock clock) {
    this.talk = talk;
    this.clock = clock;
    this.begin = clock.instant();
  }

  /** The job as it was last heard of. */
  synchronized Optional<Job> latest() {
    return Optional.ofNullable(latest);
  }

  /**
   * The newest that is known of a job, also once the journal is closed: until then whatever happens
   * to it is told.
   */
  Job newest(VideoGeneration videos, Job known) {
    Job told = latest().filter(job -> job.version() > known.version()).orElse(known);
    try {
      return videos.find(told.id()).filter(job -> job.version() > told.version()).orElse(told);
    } catch (IllegalStateException closed) {
      return told;
    }
  }

  /** What kept it from being sent the last time; empty if nothing did. */
  synchronized Optional<String> unsent() {
    return Optional.ofNullable(unsent);
  }

  @Override
  public synchronized void accept(JobEvent event) {
    download = event.download() == null ? download : event.download();
    show(event.job());
  }

  /** Shows the job, unless something newer was shown already. */
  public synchronized void show(Job job) {
    if (latest != null && latest.version() > job.version()) {
      return;
    }
    latest = job; // also of what comes as we are leaving
    if (closed) {
      return;
    }
    if (job.state() == JobState.NOT_SENT) {
      unsent = job.note().orElse("no connection");
    }
    if (talk.isLive()) {
      if (words(job).length() > brief(job).length() && said.add(words(job))) {
        talk.say(elapsed() + "  " + words(job)); // the live line has no room for it
      }
      if (ticker == null) {
        ticker = new Ticker("seedance-live-line", this::draw);
      }
      draw();
    } else if (said.add(words(job))) { // once: sending may fail again and again
      talk.say(elapsed() + "  " + words(job));
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Takes the live line away; nothing is shown any more. */
  public synchronized void end() {
    closed = true;
    if (ticker != null) {
      ticker.stop();
    }
    talk.endLive();
  }

  /** Time since the beginning: {@code 0:42}. */
  String elapsed() {
    return elapsed(begin, clock.instant());
  }

  /** The time between them, such as {@code 0:42}. */
  public static String elapsed(Instant since, Instant now) {
    Duration elapsed = Duration.between(since, now);
    return elapsed.toMinutes() + String.format(Locale.ROOT, ":%02d", elapsed.toSecondsPart());
  }

  private synchronized void draw() {
    if (closed || latest == null) {
      return;
    }
    String line = brief(latest) + "  " + elapsed();
    if (latest.state() == JobState.SUCCEEDED && download != null) {
      line += "  " + size(download.bytes());
      Long total = download.total();
      line += total == null ? "" : " of " + size(total);
    } else {
      line += cost(latest);
    }
    talk.live(line);
  }

  /** The same in 13 characters at most, for where there is no room to say why. */
  public static String brief(Job job) {
    return switch (job.state()) {
      case NOT_SENT -> "trying again";
      case THROTTLED -> "asked to wait";
      case WITHDRAWN -> "given up";
      case UNKNOWN, LOST -> "unknown";
      default -> words(job);
    };
  }

  /** What is going on, in a word or two. */
  public static String words(Job job) {
    return switch (job.state()) {
      case INTENDED -> "sending";
      case NOT_SENT ->
          "not sent yet, trying again"
              + job.note().map(why -> " (" + Ending.unsent(why) + ")").orElse("");
      case THROTTLED -> "the provider asks to wait";
      case SUBMITTED -> "queued";
      case RUNNING -> "running";
      case SUCCEEDED -> "downloading";
      case STORED -> "stored";
      case REJECTED -> "refused";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
      case EXPIRED -> "expired";
      case WITHDRAWN -> "given up, never sent";
      case UNKNOWN, LOST -> "outcome unknown";
    };
  }

  private static String cost(Job job) {
    return job.bill()
        .map(Bill::amount)
        .map(QuoteText::cents)
        .or(() -> job.quote().map(QuoteText::price))
        .map(cost -> "  " + cost)
        .orElse("");
  }

  /** Such as {@code 640 kB} or {@code 12.3 MB}. */
  public static String size(long bytes) {
    return bytes < 1_000_000
        ? Math.max(1, (bytes + 500) / 1000) + " kB"
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
