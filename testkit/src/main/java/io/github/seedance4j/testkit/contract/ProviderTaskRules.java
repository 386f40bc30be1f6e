package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static io.github.seedance4j.testkit.contract.ProviderTrial.changing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.ErrorShape;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.fault.TaskFault.BadLink;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the provider says of a task is passed on as it is, and nothing is made up. */
interface ProviderTaskRules extends ProviderSource {

  @Test
  @DisplayName("P37 blames the key when it is not accepted")
  default void blamesTheKeyWhenItIsNotAccepted() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      VideoProvider stranger = trial.open(ProviderTrial.WRONG_KEY);
      Judgements.wrongKey(catchThrowable(() -> stranger.task(ProviderTrial.NOBODYS)));
    }
  }

  @Test
  @DisplayName("P38 knows no task that the provider does not know")
  default void knowsNoTaskThatTheProviderDoesNotKnow() {
    try (ProviderTrial trial = ProviderTrial.of(this)) {
      Judgements.unknownTask(catchThrowable(() -> trial.provider().task(ProviderTrial.NOBODYS)));
    }
  }

  @Test
  @DisplayName("P39 tells queued, running and succeeded apart")
  default void tellsQueuedRunningAndSucceededApart() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = trial.booked();
      TaskId queued = trial.booked(saying("queued"));
      TaskId running = trial.booked(new TaskFault.NeverEnds());

      assertThat(trial.state(queued)).as("what is queued").isEqualTo(new TaskState.Queued());
      assertThat(trial.state(running)).as("what is running").isEqualTo(new TaskState.Running());
      VideoTask done = trial.task(task);
      Judgements.course(task, List.of(done));
      assertThat(done.state()).as("what is done").isInstanceOf(TaskState.Succeeded.class);
    }
  }

  @Test
  @DisplayName("P40 passes on the link, the model and the seconds of a success")
  default void passesOnTheLinkTheModelAndTheSecondsOfASuccess() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      VideoTask task = trial.task(trial.booked());

      GeneratedVideo video = Judgements.succeeded(task);
      assertThat(video.url()).as("the link").contains(task.id().value());
      assertThat(video.reportedSeconds())
          .as("the seconds (usage.video_duration)")
          .isNotNull()
          .isEqualByComparingTo("5");
      assertThat(task.model()).as("the model").isEqualTo("doubao-seedance-2.0");
      assertThat(task.createdAt())
          .as("when it was created")
          .isEqualTo(trial.hub().tasks().get(0).created().truncatedTo(ChronoUnit.SECONDS));
    }
  }

  @Test
  @DisplayName("P41 passes on why a task failed")
  default void passesOnWhyATaskFailed() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task =
          trial.booked(
              new TaskFault.Fails(
                  "OutputVideoSensitiveContentDetected", "The clip is not shown.", false));

      ProviderFault fault = failed(trial.state(task));
      assertThat(fault.kind())
          .as("the kind of a failure with the code OutputVideoSensitiveContentDetected")
          .isEqualTo(ProviderFault.Kind.OUTPUT_VIDEO);
      assertThat(fault.code()).as("the code").isEqualTo("OutputVideoSensitiveContentDetected");
      assertThat(fault.message()).as("the message").contains("The clip is not shown.");
    }
  }

  @Test
  @DisplayName("P42 takes a failure for one in every shape")
  default void takesAFailureForOneInEveryShape() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (ErrorShape shape : List.of(ErrorShape.FULL, ErrorShape.MESSAGE_ONLY, ErrorShape.TEXT)) {
        TaskId task = trial.booked(new TaskFault.Fails("Broken", "It broke.", true, shape));
        assertThat(failed(trial.state(task)).message())
            .as("message in shape %s", shape)
            .contains("It broke.");
      }
      TaskId silent =
          trial.booked(new TaskFault.Fails("Broken", "It broke.", true, ErrorShape.NULL));
      assertThat(failed(trial.state(silent)).message()).as("message where none was told").isNull();
    }
  }

  @Test
  @DisplayName("P43 takes cancelled and expired for ends")
  default void takesCancelledAndExpiredForEnds() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId cancelled = trial.booked(new TaskFault.EndsAs("cancelled", false));
      TaskId expired = trial.booked(new TaskFault.EndsAs("expired", true));

      assertThat(trial.state(cancelled))
          .as("what is cancelled")
          .isEqualTo(new TaskState.Cancelled());
      assertThat(trial.state(expired)).as("what is expired").isEqualTo(new TaskState.Expired());
    }
  }

  @Test
  @DisplayName("P44 keeps a status that nobody has listed, as no end")
  default void keepsAStatusThatNobodyHasListedAsNoEnd() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = trial.booked(new TaskFault.SaysOddStatus("archiving", 1));

      TaskState odd = trial.state(task);
      assertThat(odd)
          .as("the state for archiving")
          .isEqualTo(new TaskState.Unrecognised("archiving"));
      assertThat(odd.isFinal()).as("archiving is an end").isFalse();
      assertThat(trial.state(task))
          .as("the state after it")
          .isInstanceOf(TaskState.Succeeded.class);
    }
  }

  @Test
  @DisplayName("P45 takes a success without a link for one without a link")
  default void takesASuccessWithoutALinkForOneWithoutALink() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (TaskFault missing :
          List.of(
              new TaskFault.LeavesOutData(),
              new TaskFault.EmptiesData(),
              new TaskFault.GivesBadLink(BadLink.NULL),
              new TaskFault.GivesBadLink(BadLink.ABSENT))) {
        TaskState state = trial.state(trial.booked(missing));
        assertThat(state).as("with %s", missing).isInstanceOf(TaskState.Succeeded.class);
        assertThat(((TaskState.Succeeded) state).video().url()).as("with %s", missing).isNull();
      }
    }
  }

  @Test
  @DisplayName("P46 minds neither fields that are new nor those that are missing")
  default void mindsNeitherFieldsThatAreNewNorThoseThatAreMissing() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      Judgements.succeeded(trial.task(trial.booked(new TaskFault.AddsFields())));
      TaskId bare = trial.booked(new TaskFault.LeavesOutUsage());
      assertThat(Judgements.succeeded(trial.task(bare)).reportedSeconds())
          .as("seconds without usage")
          .isNull();
      TaskId odd =
          trial.booked(
              new TaskFault.RewritesStatus(
                  changing(
                      tree -> {
                        tree.remove("model");
                        tree.remove("object");
                        tree.put("usage", "five seconds");
                      })));
      Judgements.succeeded(trial.task(odd));
    }
  }

  @Test
  @DisplayName("P47 minds no created that is missing, odd or off")
  default void mindsNoCreatedThatIsMissingOddOrOff() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (TaskFault odd :
          List.of(
              new TaskFault.LeavesOutCreated(),
              new TaskFault.SkewsCreated(),
              new TaskFault.SkewsCreated(Duration.ofDays(3650)),
              new TaskFault.RewritesStatus(changing(tree -> tree.put("created", "yesterday"))))) {
        Judgements.succeeded(trial.task(trial.booked(odd)));
      }
      TaskId without = trial.booked(new TaskFault.LeavesOutCreated());
      assertThat(trial.task(without).createdAt()).as("created, where it is left out").isNull();
    }
  }

  @Test
  @DisplayName("P48 finds a task later that is not known at first")
  default void findsATaskLaterThatIsNotKnownAtFirst() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = trial.booked(new TaskFault.NotFoundAtFirst(1));

      Judgements.unknownTask(catchThrowable(() -> trial.provider().task(task)));
      Judgements.succeeded(trial.task(task));
    }
  }

  @Test
  @DisplayName("P49 passes on states that go backwards")
  default void passesOnStatesThatGoBackwards() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = trial.booked(new TaskFault.GoesBackwards());

      List<String> words = new ArrayList<>();
      for (int poll = 0; poll < 5; poll++) {
        words.add(trial.state(task).word());
      }
      assertThat(words)
          .as("the states")
          .containsExactly("running", "queued", "running", "queued", "succeeded");
    }
  }

  @Test
  @DisplayName("P50 creates nothing by asking")
  default void createsNothingByAsking() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = trial.booked(new CreateFault.RewritesCreate(tree -> tree));
      trial.state(task);
      Judgements.unknownTask(catchThrowable(() -> trial.provider().task(ProviderTrial.NOBODYS)));

      assertThat(trial.hub().requests().createsBegun()).as("creates on the wire").isEqualTo(1);
      assertThat(trial.hub().ledger().entries()).as("charges").hasSize(1);
    }
  }

  private static TaskFault saying(String status) {
    return new TaskFault.RewritesStatus(tree -> Map.of("id", tree.get("id"), "status", status));
  }

  private static ProviderFault failed(TaskState state) {
    assertThat(state).as("the state").isInstanceOf(TaskState.Failed.class);
    return ((TaskState.Failed) state).fault();
  }
}
