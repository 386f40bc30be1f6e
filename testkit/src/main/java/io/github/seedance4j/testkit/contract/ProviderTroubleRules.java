package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static io.github.seedance4j.testkit.contract.Capability.SHORT_DEADLINE;
import static io.github.seedance4j.testkit.contract.ProviderTrial.changing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.fault.ErrorShape;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Trouble with a poll is said of the poll, and never of the task. */
interface ProviderTroubleRules extends ProviderSource {

  /** More than any client asks in one go. */
  int FOR_LONG = 1_000;

  @Test
  @DisplayName("P51 asks to come back after an error status of a poll")
  default void asksToComeBackAfterAnErrorStatusOfAPoll() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (int status : new int[] {408, 429, 500, 502, 503, 504}) {
        for (ErrorShape shape : List.of(ErrorShape.FULL, ErrorShape.HTML, ErrorShape.EMPTY)) {
          // a Retry-After keeps clients from repeating the poll by themselves, which takes time
          later(trial, trial.booked(new TaskFault.RefusesPolls(status, FOR_LONG, shape, "1")));
        }
      }
    }
  }

  @Test
  @DisplayName("P52 passes on when to come back")
  default void passesOnWhenToComeBack() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = trial.booked(new TaskFault.RefusesPolls(429, FOR_LONG, ErrorShape.FULL, "7"));
      assertThat(later(trial, task).retryAfter())
          .as("the wait for Retry-After: 7")
          .contains(Duration.ofSeconds(7));
    }
  }

  @Test
  @DisplayName("P53 asks to come back after a poll that was reset")
  default void asksToComeBackAfterAPollThatWasReset() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      later(trial, trial.booked(new TaskFault.ResetsPolls(FOR_LONG)));
    }
  }

  @Test
  @DisplayName("P54 asks to come back after a poll that is never answered")
  default void asksToComeBackAfterAPollThatIsNeverAnswered() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, SHORT_DEADLINE)) {
      TaskId task = trial.booked(new TaskFault.HangsPolls(FOR_LONG));
      trial.hurry();
      InTime.of(trial.subject, () -> later(trial, task));
    }
  }

  @Test
  @DisplayName("P55 asks to come back after an answer that makes no sense")
  default void asksToComeBackAfterAnAnswerThatMakesNoSense() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      later(trial, trial.booked(new TaskFault.RewritesStatus(tree -> Map.of())));
      later(
          trial,
          trial.booked(new TaskFault.RewritesStatus(changing(tree -> tree.put("status", 7)))));
      later(trial, trial.booked(new TaskFault.RefusesPolls(200, FOR_LONG, ErrorShape.HTML, null)));
      later(trial, trial.booked(new TaskFault.RefusesPolls(200, FOR_LONG, ErrorShape.EMPTY, null)));
    }
  }

  @Test
  @DisplayName("P56 uses no answer about another task")
  default void usesNoAnswerAboutAnotherTask() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      later(
          trial,
          trial.booked(
              new TaskFault.RewritesStatus(changing(tree -> tree.put("id", "task-of-others")))));
    }
  }

  private static RetryLaterException later(ProviderTrial trial, TaskId task) {
    Throwable thrown = catchThrowable(() -> trial.provider().task(task));
    assertThat(thrown).as("asking for %s", task).isInstanceOf(RetryLaterException.class);
    return (RetryLaterException) thrown;
  }
}
