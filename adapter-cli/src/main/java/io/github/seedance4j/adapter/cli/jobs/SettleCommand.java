package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/** Enters what a job really cost, as the provider's own account shows it. */
public final class SettleCommand extends JournalCommand {

  private final Flag<String> id;
  private final Flag<BigDecimal> charged;

  public SettleCommand(Surroundings around, Workshop workshop) {
    super(
        "settle",
        "Enter what a job was charged, as the provider's account shows it, in place of what was"
            + " computed.",
        around,
        workshop,
        "%nExample:",
        "  seedance settle job-3k9x --charged 0.00");
    id = flags.argument("JOB", "The job's id or its task's, or how it begins.");
    charged =
        flags.converted(
            BigDecimal.class,
            new Values.Amount(),
            "AMOUNT",
            "What was charged, in the currency of the prices; 0.00 for nothing.",
            "--charged");
  }

  @Override
  public Integer call() {
    if (charged.value() == null) {
      throw usage("say what was charged: " + command("settle", "JOB", "--charged", "0.00"));
    }
    try (Workshop.Bench journal = look()) {
      Job job = job(journal.videos(), id);
      remind(journal.videos(), Set.of(job.id()));
      Currency currency =
          job.quote().map(Quote::hold).map(Money::currency).orElse(tariff().currency());
      Job settled;
      try {
        settled =
            journal.videos().settle(job.id(), new Money(charged.or(BigDecimal.ZERO), currency));
      } catch (IllegalStateException e) {
        return end(
            new Ending(
                ExitCode.USAGE,
                "not-ended",
                job.id() + " is " + JobTable.state(job) + ": it has not ended yet",
                List.of("Once it has, settle it. See it: " + kept("show", job.id().value()))),
            job);
      }
      result(
          json.or(false)
              ? new Report().job(settled).put("exit", ExitCode.DONE).line()
              : settled.id()
                  + " is "
                  + JobTable.state(settled)
                  + ", charged "
                  + QuoteText.cents(settled.bill().orElseThrow().amount()));
      return ExitCode.DONE;
    }
  }
}
