package io.github.seedance4j.adapter.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.store.crash.Child;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand jobs that are followed at once, by few threads, in little memory. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyJobsTest {

  /** The timer, the rounds, the journal's writer, and the one that the process gave. */
  private static final int THREADS = 4;

  /**
   * Between the permission to ask and the moment that the provider writes down the thread may be
   * held up with one question: that is the counting, not the asking.
   */
  private static final int COUNTING = 1;

  @TempDir Path folder;

  @Test
  void followsManyAtOnceWithoutAskingTooOften() throws Exception {
    follows(400, 300);
  }

  @Tag("long")
  @Test
  void followsTenThousandAtOnceInAQuarterOfAGigabyte() throws Exception {
    follows(10_000, 1_000);
  }

  private void follows(int jobs, int perSecond) throws Exception {
    Map<String, String> figures = new LinkedHashMap<>();
    try (Child child =
        Child.start( // which gives it 256 MB
            ManyJobs.class,
            List.of(
                folder.resolve("journal.db").toString(),
                folder.toString(),
                Integer.toString(jobs),
                Integer.toString(perSecond)),
            folder.resolve("errors.txt"))) {
      child.lines(
          line -> {
            String[] words = line.split(" ", 2);
            figures.put(words[0], words[1]);
          });
      assertThat(child.exitCode()).as(child.errors()).isZero();
      assertThat(child.errors()).as("what it warned of").isEmpty();
    }
    assertThat(figures)
        .containsEntry("ended-before", "0")
        .containsEntry("ends", Integer.toString(jobs))
        .containsEntry("STORED", Integer.toString(jobs / 10))
        .containsEntry("FAILED", Integer.toString(jobs - jobs / 10))
        .containsEntry("unfinished", "0");
    assertThat(figure(figures, "threads"))
        .as("threads of ours: %s", figures.get("names"))
        .isLessThanOrEqualTo(THREADS);
    assertThat(figure(figures, "questions")).isGreaterThanOrEqualTo(2 * jobs);
    assertThat(figure(figures, "most-in-a-second"))
        .as("questions in a second")
        .isLessThanOrEqualTo(perSecond + COUNTING);
  }

  private static int figure(Map<String, String> figures, String name) {
    return Integer.parseInt(figures.getOrDefault(name, ""));
  }
}
