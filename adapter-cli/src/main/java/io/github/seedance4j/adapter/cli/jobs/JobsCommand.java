package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobPages;
import io.github.seedance4j.adapter.cli.command.JobSearch;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Report;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Since;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists the journal's jobs, newest first. Needs no key and calls nobody. */
public final class JobsCommand extends JournalCommand {

  private static final int USUAL_LIMIT = 20;

  /** How many of those that are left out are counted: that is to be quick. */
  private static final int COUNTED = 200;

  private final Flag<List<String>> words;

  private final Flag<Set<JobState>> states;
  private final Flag<String> label;
  private final Flag<Boolean> holding;
  private final Flag<Since> since;
  private final Flag<Integer> limit;

  public JobsCommand(Surroundings around, Workshop workshop) {
    super(
        "jobs",
        "List what was sent, newest first, with prompts where the terminal is wide. With --json all"
            + " of it, one object a line.",
        around,
        workshop,
        "%nExamples:",
        "  seedance jobs fox --since 30d",
        "  seedance jobs --state unknown,running --since 7d");
    words =
        flags.arguments(
            0,
            "[WORD...]",
            "Only those with that in prompt, label or the clip's name; of several, with all.");
    states =
        flags.states(
            "STATE",
            "Only those: stored, running, failed, unknown …, or unfinished, or ended; several with"
                + " commas.",
            "--state");
    label =
        flags.converted(
            String.class, new Values.Label(), "NAME", "Only those of that label.", "--label");
    holding = flags.toggle("Only those whose price is still held.", "--holding");
    since =
        flags.converted(
            Since.class,
            new Values.SinceWhen(),
            "WHEN",
            "Only those of that time: 12h, 7d, 4w, or since a day such as 2026-11-01.",
            "--since");
    limit =
        flags.converted(
            Integer.class,
            new Values.Count(),
            "N",
            "How many at most. Default: 20; with --json all.",
            "--limit");
  }

  @Override
  public Integer call() {
    try (Workshop.Bench journal = look()) {
      VideoGeneration videos = journal.videos();
      boolean all = json.or(false);
      int most = limit.or(all ? Integer.MAX_VALUE : USUAL_LIMIT);
      List<Job> jobs = jobs(videos, most == Integer.MAX_VALUE ? most : most + COUNTED);
      List<Job> shown = jobs.size() > most ? jobs.subList(0, most) : jobs;
      if (all) {
        shown.forEach(job -> result(new Report().job(job).details(job).line()));
      } else if (shown.isEmpty()) {
        talk().say("No jobs" + (isFiltered() ? " like that." : " yet."));
      } else {
        JobTable.lines(shown, around.directory(), around.columns()).forEach(this::result);
      }
      if (jobs.size() > shown.size()) {
        talk().say(more(jobs.size() - shown.size(), most));
      }
      remind(videos, shown.stream().map(Job::id).collect(Collectors.toSet()));
      return ExitCode.DONE;
    }
  }

  private static String more(int left, int shown) {
    return left < COUNTED
        ? "There " + (left == 1 ? "is one" : "are " + left) + " more: --limit " + (shown + left)
        : "There are more than " + (COUNTED - 1) + " more: --limit " + 10L * shown;
  }

  private boolean isFiltered() {
    return !words.or(List.of()).isEmpty()
        || since.value() != null
        || !query().equals(JobQuery.all());
  }

  private JobQuery query() {
    JobQuery query = JobQuery.all();
    if (states.value() != null) {
      query = query.in(states.or(EnumSet.allOf(JobState.class)));
    }
    if (label.value() != null) {
      query = query.labelled(label.or(""));
    }
    return holding.or(false) ? query.holdingMoney() : query;
  }

  private List<Job> jobs(VideoGeneration videos, int most) {
    Instant oldest = since.or(Since.EVER).from(around.clock().instant());
    List<Job> jobs = new ArrayList<>();
    List<String> has = words.or(List.of());
    JobPages.each(
        videos,
        query(),
        has.isEmpty() ? most : Integer.MAX_VALUE,
        job -> {
          if (job.createdAt().isBefore(oldest) || jobs.size() == most) {
            return false;
          }
          if (has.isEmpty() || JobSearch.has(job, has)) {
            jobs.add(job);
          }
          return true;
        });
    return jobs;
  }
}
