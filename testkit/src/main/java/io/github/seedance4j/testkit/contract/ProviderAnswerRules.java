package io.github.seedance4j.testkit.contract;

import static io.github.seedance4j.testkit.contract.Capability.REAL_WIRE;
import static io.github.seedance4j.testkit.contract.Capability.SCRIPTED_FAULTS;
import static io.github.seedance4j.testkit.contract.ProviderTrial.changing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.testkit.fault.CreateFault;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A success has an id, and what has none is never a refusal: the task may be there. */
interface ProviderAnswerRules extends ProviderSource {

  @Test
  @DisplayName("P18 takes 2xx with an id for submitted")
  default void takes2xxWithAnIdForSubmitted() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      TaskId task = Judgements.submitted(trial.create());
      assertThat(task).as("the task").isEqualTo(trial.bookedLast());
      assertThat(trial.hub().ledger().chargesForTask(task.value())).as("its charges").hasSize(1);

      Map<String, String> json = Map.of("Content-Type", "application/json");
      CreateReply created =
          trial.create(new CreateFault.Answers(201, json, "{\"id\":\"task-201\"}", true));
      assertThat(Judgements.submitted(created))
          .as("the task of a 201")
          .isEqualTo(new TaskId("task-201"));
    }
  }

  @Test
  @DisplayName("P19 leaves 200 without an id unknown")
  default void leaves200WithoutAnIdUnknown() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      Judgements.unknown(trial.create(new CreateFault.LeavesOutId()));
    }
  }

  @Test
  @DisplayName("P20 leaves an id that can name no task unknown")
  default void leavesAnIdThatCanNameNoTaskUnknown() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      List<@Nullable Object> odd =
          Arrays.asList(
              null,
              "",
              " ",
              "two words",
              "line\nbreak",
              "ä",
              "x".repeat(257),
              new BigDecimal("4711"),
              true,
              List.of("task-1"),
              Map.of("id", "task-1"));
      for (Object id : odd) {
        Judgements.unknown(trial.create(new CreateFault.SendsAsId(id)));
      }
    }
  }

  @Test
  @DisplayName("P21 takes the id from the field id and from no other")
  default void takesTheIdFromTheFieldIdAndFromNoOther() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      CreateFault others =
          new CreateFault.Answers(
              200,
              Map.of("Content-Type", "application/json"),
              "{\"task_id\":\"wrong-1\",\"object\":\"wrong-2\",\"request_id\":\"wrong-3\","
                  + "\"data\":{\"id\":\"wrong-4\",\"task_id\":\"wrong-5\"},\"ID\":\"wrong-6\","
                  + "\"status\":\"queued\"}",
              true);
      Judgements.unknown(trial.create(others));
      CreateReply both =
          trial.create(
              new CreateFault.RewritesCreate(
                  tree ->
                      Map.of(
                          "task_id", "wrong-1",
                          "id", tree.get("id"),
                          "data", List.of(Map.of("id", "wrong-2")))));
      assertThat(Judgements.submitted(both)).as("the task").isEqualTo(trial.bookedLast());
    }
  }

  @Test
  @DisplayName("P22 leaves 200 with a web page or with nothing unknown")
  default void leaves200WithAWebPageOrWithNothingUnknown() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      Judgements.unknown(trial.create(new CreateFault.AnswersHtml()));
      Judgements.unknown(trial.create(new CreateFault.AnswersNothing()));
    }
  }

  @Test
  @DisplayName("P23 finds no wrong id in an answer in disorder")
  default void findsNoWrongIdInAnAnswerInDisorder() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (CreateFault disorder :
          List.of(
              new CreateFault.AnswersHalf(),
              new CreateFault.AnswersInWrongCharset(),
              new CreateFault.AnswersWithByteOrderMark())) {
        CreateReply reply = trial.create(disorder);
        Judgements.unknownOrSubmitted(reply, trial.bookedLast());
      }
    }
  }

  @Test
  @DisplayName("P24 survives an answer of any depth")
  default void survivesAnAnswerOfAnyDepth() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      CreateReply reply = trial.create(new CreateFault.AnswersDeep());
      Judgements.unknownOrSubmitted(reply, trial.bookedLast());
    }
  }

  @Test
  @DisplayName("P25 reads no answer of 100 MB for the id at its end")
  default void readsNoAnswerOf100MBForTheIdAtItsEnd() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, REAL_WIRE)) {
      Judgements.unknown(trial.createOnce(new CreateFault.AnswersHuge()));
    }
  }

  @Test
  @DisplayName("P26 inflates no answer to 256 MiB for the id at its end")
  default void inflatesNoAnswerTo256MiBForTheIdAtItsEnd() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS, REAL_WIRE)) {
      Judgements.unknown(trial.createOnce(new CreateFault.AnswersGzipBomb()));
    }
  }

  @Test
  @DisplayName("P27 minds no other field of an answer")
  default void mindsNoOtherFieldOfAnAnswer() {
    try (ProviderTrial trial = ProviderTrial.of(this, SCRIPTED_FAULTS)) {
      for (Object created : List.of("soon", new BigDecimal("-1"), List.of(), true)) {
        CreateReply reply =
            trial.create(
                new CreateFault.RewritesCreate(
                    changing(
                        tree -> {
                          tree.put("created", created);
                          tree.put("status", "brand-new");
                          tree.put("novel", Map.of("id", "wrong", "deep", List.of(List.of(1))));
                        })));
        assertThat(Judgements.submitted(reply)).as("the task").isEqualTo(trial.bookedLast());
      }
      CreateReply bare =
          trial.create(new CreateFault.RewritesCreate(tree -> Map.of("id", tree.get("id"))));
      assertThat(Judgements.submitted(bare)).as("the task").isEqualTo(trial.bookedLast());
    }
  }
}
