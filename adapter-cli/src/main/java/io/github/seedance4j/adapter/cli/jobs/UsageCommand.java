package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobPages;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Instant;
import java.util.Set;

/** Tells what was spent, by day, month, label or model. Needs no key and calls nobody. */
public final class UsageCommand extends JournalCommand {

  private final Flag<String> by;
  private final JobFilter filter;
  private final Flag<Boolean> csv;

  public UsageCommand(Surroundings around, Workshop workshop) {
    super(
        "usage",
        "Tell what was spent and what is held, by how sure that is. A job counts on the day in UTC"
            + " on which it was agreed to, as it does against caps.",
        around,
        workshop,
        "%nExample:",
        "  seedance usage --by label --since 2026-11-01 --csv");
    by =
        flags.converted(
            String.class,
            new Values.Word("day", "month", "label", "model"),
            "WHAT",
            "A line for each day, month, label or model. Default: day.",
            "--by");
    filter = new JobFilter(around, flags);
    csv = flags.toggle("Write exact figures as CSV, for spreadsheets.", "--csv");
  }

  @Override
  public Integer call() {
    if (csv.or(false) && json.or(false)) {
      throw usage("--csv and --json contradict each other");
    }
    try (Workshop.Bench journal = look()) {
      VideoGeneration videos = journal.videos();
      UsageTable table = new UsageTable(by.or("day"), tariff().currency(), workshop.catalog());
      Instant from = filter.from();
      JobPages.each(videos, filter.query(), Integer.MAX_VALUE, job -> add(table, job, from));
      boolean forPrograms = csv.or(false) || json.or(false);
      sayWhatMoneyItIs(!forPrograms && !table.isEmpty());
      if (csv.or(false)) {
        write(table.csv());
      } else if (json.or(false)) {
        table.json().forEach(this::result);
      } else if (table.isEmpty()) {
        talk().say("No jobs" + (filter.isSet() ? " like that." : " yet."));
      } else {
        table.lines().forEach(this::result);
      }
      remind(videos, Set.of());
      return ExitCode.DONE;
    }
  }

  private static boolean add(UsageTable table, Job job, Instant from) {
    if (!job.authorisedAt().isBefore(from)) {
      table.add(job);
    }
    return true;
  }
}
