package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.manual.Completion;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import java.nio.file.Files;
import java.util.List;

/**
 * What shells ask for the ids of jobs: one a line, newest first, and behind a tab what tells people
 * which it is. Left out of the help. Whatever goes wrong, nothing is said: somebody is typing.
 */
public final class JobIdsCommand extends JournalCommand {

  private static final String JOB = "job-";
  private static final String MEDIA = "job:";
  private static final int MOST = 50;
  private static final int PROMPT = 40;

  private final Flag<List<String>> beginning;

  public JobIdsCommand(Surroundings around, Workshop workshop) {
    super(Completion.JOBS, "The ids of jobs that begin like that.", around, workshop);
    spec.usageMessage().hidden(true);
    beginning = flags.arguments(0, "BEGINNING", "How the id, or the task's, begins.");
  }

  @Override
  public Integer call() {
    String typed = String.join("", beginning.or(List.of()));
    String kept = typed.startsWith(MEDIA) ? MEDIA : "";
    String name = typed.substring(kept.length());
    try {
      if (Files.exists(place.file())) {
        offer(kept, name);
      }
    } catch (RuntimeException e) {
      return ExitCode.DONE; // no journal that can be read now: nothing to offer
    }
    return ExitCode.DONE;
  }

  private void offer(String kept, String name) {
    JobQuery query = JobQuery.all().limit(MOST);
    boolean any = JOB.startsWith(name);
    try (Workshop.Bench journal = workshop.look(place.file(), false)) {
      StringBuilder lines = new StringBuilder();
      for (Job job : journal.videos().list(any ? query : query.beginning(name))) {
        String id =
            any || job.id().value().startsWith(name)
                ? job.id().value()
                : job.taskId().map(String::valueOf).orElse("");
        if (id.startsWith(name)) {
          lines.append(kept).append(id).append('\t').append(what(job)).append('\n');
        }
      }
      write(lines);
    }
  }

  private static String what(Job job) {
    return (JobTable.state(job)
            + job.draft().prompt().map(prompt -> ", " + JobTable.cut(prompt, PROMPT)).orElse(""))
        .strip();
  }
}
