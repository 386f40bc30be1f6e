package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobText;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import java.util.Set;

/** Shows all that is known of a job, and the ways out of an unknown outcome. */
public final class ShowCommand extends JournalCommand {

  private final Flag<String> id;
  private final Flag<Boolean> withPrompt;

  public ShowCommand(Surroundings around, Workshop workshop) {
    super(
        "show",
        "Show all that is kept of a job; of an unknown outcome also the ways out, and a letter to"
            + " the provider's support.",
        around,
        workshop,
        "%nExample:",
        "  seedance show job-3k9x");
    id = flags.argument("JOB", ID_OR_CLIP);
    withPrompt = flags.toggle("Put the prompt into the letter, too.", "--with-prompt");
  }

  @Override
  public Integer call() {
    try (Workshop.Bench journal = look()) {
      Job job = jobOrClip(journal.videos(), id);
      JobText text = new JobText(around, job);
      if (json.or(false)) {
        Report report = new Report().job(job).details(job).request(job);
        if (job.state() == JobState.UNKNOWN) {
          report.put("letter", String.join("\n", text.letter(withPrompt.or(false))));
        }
        result(report.line());
      } else {
        text.lines().forEach(line -> result(Talk.printable(line)));
        if (job.state() == JobState.UNKNOWN) {
          text.waysOut(this::kept).forEach(this::result);
          result("");
          result("A letter to the provider's support, if the dashboard doesn't tell:");
          result("");
          text.letter(withPrompt.or(false)).forEach(line -> result("  " + line));
        }
      }
      remind(journal.videos(), Set.of(job.id()));
      return ExitCode.DONE;
    }
  }
}
