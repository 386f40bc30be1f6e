package io.github.seedance4j.adapter.store.crash;

import io.github.seedance4j.job.JobState;
import io.github.seedance4j.testkit.crash.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/crash-points.md: what is true after each halt. The tests expect what it says. */
final class CrashPage {

  private static final Path PAGE = Path.of("..", "docs", "crash-points.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z_.]+)` \\| (\\w+) \\| (\\d+) \\| ([A-Z_]+) \\|");

  /**
   * A row: what is so when a point was passed for the first time.
   *
   * @param left where the job stands after the halt; empty if there is none yet
   * @param charges what the provider has charged for it by then
   * @param end where it stands once the next process is through
   */
  record Row(CrashPoint point, Optional<JobState> left, int charges, JobState end) {}

  private CrashPage() {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(
            new Row(
                CrashPoint.of(row.group(1)),
                Optional.of(row.group(2))
                    .filter(word -> !word.equals("none"))
                    .map(JobState::valueOf),
                Integer.parseInt(row.group(3)),
                JobState.valueOf(row.group(4))));
      }
    }
    return rows;
  }
}
