package io.github.seedance4j.testkit.live;

import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.contract.Judgements;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for the task until it ends, or for as long as there is patience, and judges its course. */
final class Following {

  /** As in the provider's own samples, growing to what upstream advises. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final double GROWTH = 1.15;

  /** How long after its creation a task may be unknown. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final Notebook notes;
  private final Waiting waiting;
  private final Duration patience;
  private final List<VideoTask> seen = new ArrayList<>();
  private final List<Map<String, Object>> words = new ArrayList<>();
  private int polls;
  private int unanswered;

  Following(Notebook notes, Waiting waiting, Duration patience) {
    this.notes = notes;
    this.waiting = waiting;
    this.patience = patience;
  }

  /**
   * Where it led.
   *
   * @param task as it ended; null if that was not seen
   * @param why it was not seen
   */
  record Followed(@Nullable VideoTask task, String why) {}

  Followed follow(VideoProvider provider, TaskId id) {
    Followed followed = ask(provider, id, waiting.now());
    notes.see("polls", polls);
    notes.see("polls_without_answer", unanswered);
    notes.see("states", words);
    if (!seen.isEmpty()) {
      notes.judge(
          "each answer is about the task, and only the last one ends it",
          () -> Judgements.course(id, seen));
      notes.judge("each status is a word that is known", odd().isEmpty(), "seen: " + odd());
      notes.judge(
          "the task goes from queued over running to its end", forwards(), "seen: " + words);
    }
    return followed;
  }

  private Followed ask(VideoProvider provider, TaskId id, Instant began) {
    for (double wait = (double) FIRST.toMillis();
        ;
        wait = Math.min(wait * GROWTH, (double) LONGEST.toMillis())) {
      Duration pause = Duration.ofMillis((long) wait);
      try {
        if (!waiting.pause(pause)) {
          return new Followed(null, "the run was interrupted");
        }
        polls++;
        VideoTask task = provider.task(id);
        seen.add(task);
        note(task, began);
        if (task.state().isFinal()) {
          return new Followed(task, "");
        }
      } catch (NotFoundException e) {
        unanswered++;
        if (passed(began).compareTo(GRACE) > 0) {
          return new Followed(null, "the service does not know the task: " + e.getMessage());
        }
      } catch (RetryLaterException e) {
        unanswered++;
        Duration asked = e.retryAfter().orElse(Duration.ZERO);
        if (asked.compareTo(pause) > 0 && !waiting.pause(asked.minus(pause))) {
          return new Followed(null, "the run was interrupted");
        }
      } catch (RuntimeException e) {
        return new Followed(null, "it can't be asked for: " + e.getMessage());
      }
      if (passed(began).compareTo(patience) > 0) {
        String last = seen.isEmpty() ? "nothing" : seen.get(seen.size() - 1).state().word();
        return new Followed(null, "it had not ended after " + patience + "; last seen: " + last);
      }
    }
  }

  private void note(VideoTask task, Instant began) {
    String word = task.state().word();
    if (words.isEmpty() || !word.equals(words.get(words.size() - 1).get("status"))) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("status", word);
      line.put("after_seconds", BigDecimal.valueOf(passed(began).toMillis(), 3));
      words.add(line);
      notes.say("  after " + passed(began).toSeconds() + " s: " + word);
    }
  }

  private Duration passed(Instant began) {
    return Duration.between(began, waiting.now());
  }

  private List<String> odd() {
    return seen.stream()
        .map(VideoTask::state)
        .filter(TaskState.Unrecognised.class::isInstance)
        .map(TaskState::word)
        .distinct()
        .toList();
  }

  private boolean forwards() {
    int before = 0;
    for (VideoTask each : seen) {
      TaskState state = each.state();
      int rank = state.isFinal() ? 2 : state instanceof TaskState.Running ? 1 : 0;
      if (rank < before && !(state instanceof TaskState.Unrecognised)) {
        return false;
      }
      before = Math.max(before, rank);
    }
    return true;
  }
}
