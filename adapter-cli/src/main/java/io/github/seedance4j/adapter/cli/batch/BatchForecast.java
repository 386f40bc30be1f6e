package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a batch is about to do: each clip's price, and what is done already. */
record BatchForecast(BatchPlan plan, BatchHistory history) {

  int show(BatchCommand command, Talk talk) {
    List<BatchItem> open = new ArrayList<>();
    for (BatchItem item : plan.items()) {
      Job job = history.job(item);
      if (job == null) {
        open.add(item);
      }
      command.result(command.isJson() ? json(item, job) : line(item, job));
    }
    int known = plan.items().size() - open.size();
    if (open.isEmpty()) {
      talk.say("All " + known + " are begun or done before; nothing would be sent.");
    } else {
      BatchPlan.Sum sum = new BatchPlan(open, List.of(), List.of()).sum();
      talk.say(
          (known == 0 ? "" : known + " begun or done before; ")
              + open.size()
              + " to send: "
              + sum
              + ". A budget for "
              + (known == 0 ? "all" : "these")
              + " of them, as clips come out a frame longer: --budget "
              + QuoteText.plainCents(
                  known == 0 ? sum.hold() : sum.hold().plus(history.counted(plan.items()))));
    }
    return ExitCode.DONE;
  }

  /** Said before anything is sent. */
  void announce(Talk talk, @Nullable Money cap, boolean free) {
    List<BatchItem> open = plan.items().stream().filter(item -> history.job(item) == null).toList();
    int known = plan.items().size() - open.size();
    String begun = known == 0 ? "" : known + " of them begun or done before; ";
    talk.say(
        plan.items().size()
            + (plan.items().size() == 1 ? " clip; " : " clips; ")
            + begun
            + (open.isEmpty()
                ? "nothing to send"
                : "to send: "
                    + open.size()
                    + ", "
                    + new BatchPlan(open, List.of(), List.of()).sum())
            + (free ? ". The sandbox makes them: nothing is charged." : "."));
    if (cap != null && !open.isEmpty()) {
      Money hold = new BatchPlan(open, List.of(), List.of()).sum().hold();
      if (hold.isMoreThan(cap)) {
        talk.note(
            "these may need "
                + QuoteText.cents(hold)
                + ", more than --budget "
                + cap.plain()
                + ": not all may be made");
      }
    }
  }

  private static String line(BatchItem item, @Nullable Job job) {
    String state = job == null ? "to send" : word(job) + ", " + job.id();
    return item.line().number()
        + "\t"
        + item.name()
        + "\t"
        + QuoteText.price(item.quote())
        + "\t"
        + state;
  }

  /** A clip that was forgotten is not said to be there. */
  private static String word(Job job) {
    BatchEnd end = BatchEnd.of(job);
    return end == BatchEnd.PURGED ? end.words() : BatchEnd.word(job.state());
  }

  private static String json(BatchItem item, @Nullable Job job) {
    Quote quote = item.quote();
    Report report =
        new Report()
            .put("line", item.line().number())
            .put("id", item.line().id())
            .put("take", item.take())
            .put("job", job == null ? null : job.id())
            .put("state", job == null ? null : BatchEnd.word(job.state()));
    if (job != null && job.isPurged()) {
      report.put("purged", true);
    }
    return report.put("quote", QuoteText.json(quote)).put("hold", quote.hold().plain()).line();
  }
}
