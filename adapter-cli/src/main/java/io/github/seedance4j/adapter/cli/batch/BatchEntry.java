package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.InlineMedia;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Job;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one clip of a batch stands. Immutable.
 *
 * @param job the job that stands for it; null as long as there is none
 * @param end what became of it; null as long as that is open
 * @param reason why, where it did not end well; the empty string for none
 * @param since when this run took it up; null if it has not, or did not need to
 */
public record BatchEntry(
    BatchItem item,
    @Nullable Job job,
    @Nullable BatchEnd end,
    String reason,
    @Nullable Instant since) {

  public BatchEntry {
    job = job == null ? null : InlineMedia.abridged(job); // there may be many
  }

  static BatchEntry waiting(BatchItem item) {
    return new BatchEntry(item, null, null, "", null);
  }

  BatchEntry begun(Instant now) {
    return new BatchEntry(item, job, end, reason, now);
  }

  BatchEntry with(Job newer) {
    return new BatchEntry(item, newer, end, reason, since);
  }

  BatchEntry ended(BatchEnd how, @Nullable Job last, String why) {
    String words = how == BatchEnd.UNKNOWN ? Ending.lost(why) : why;
    return new BatchEntry(item, last == null ? job : last, how, words, since);
  }

  /** As it is told when the run ends here: of one that is still open, what the next will find. */
  BatchEntry closed() {
    if (end != null) {
      return this;
    }
    BatchEnd how =
        since == null ? BatchEnd.NOT_RUN : job == null ? BatchEnd.RUNNING : BatchEnd.of(job);
    String why =
        switch (how) {
          case NOT_RUN -> BatchRun.Stop.INTERRUPTED.words();
          case RUNNING, NOT_FETCHED -> BatchEnd.left(job);
          default -> job == null ? "" : job.reason().orElse("");
        };
    return ended(how, job, why);
  }

  boolean isActive() {
    return end == null && since != null;
  }

  /** Whether it was stored, and its file has been taken away since. */
  boolean isMissing() {
    return end == BatchEnd.STORED
        && job != null
        && job.clip().map(clip -> Files.notExists(clip.path())).orElse(true);
  }

  /** What programs are told. */
  String json() {
    BatchEnd how = end != null ? end : since != null ? BatchEnd.RUNNING : BatchEnd.NOT_RUN;
    Report report = new Report();
    if (item.line().isOfFile()) {
      report.put("line", item.line().number()).put("id", item.line().id());
    }
    report.put("take", item.take()).put("end", how.code());
    if (job == null) {
      report.put("task", null).put("job", null).put("state", null);
      report.put("quote", QuoteText.json(item.quote()));
    } else {
      report.job(job);
      job.clip().ifPresent(report::clip);
    }
    if (isMissing()) {
      report.put("missing", true);
    }
    if (end != null && !end.isGood()) {
      report.ending(new Ending(how.exit(), how.code(), reason, List.of()));
    }
    return report.line();
  }
}
