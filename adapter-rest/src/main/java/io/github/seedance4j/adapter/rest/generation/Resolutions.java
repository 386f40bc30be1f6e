package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.adapter.rest.form.Resolution;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.task.TaskId;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code POST …/{id}/resolution}: what a person found out about an unknown outcome. To attach a
 * task is an admin's, who alone sees the provider's account: by an id that a tenant guessed, it
 * would get somebody else's clip. Thread-safe.
 */
public final class Resolutions {

  private static final Set<String> FIELDS = Set.of("resolution", "task_id", "accept_second_charge");

  private final VideoGeneration videos;
  private final Generations generations;
  private final Forms forms;
  private final Supplier<Optional<Problem>> trouble;

  /**
   * @param trouble why no paid work may be taken just now, if so: to send again is such
   */
  public Resolutions(
      VideoGeneration videos,
      Generations generations,
      Forms forms,
      Supplier<Optional<Problem>> trouble) {
    this.videos = videos;
    this.generations = generations;
    this.forms = forms;
    this.trouble = trouble;
  }

  /** Answers with the job as it is then. */
  public void resolve(Context request, Caller caller) {
    Job job = Generations.find(videos, request.pathParam("id"), caller);
    Submissions.requireJson(request);
    Resolution resolution = read(Json.object(request.bodyAsBytes()));
    forms.require(resolution, Language.of(request));
    OutcomeResolution outcome = outcome(resolution, caller);
    boolean open = job.state() == JobState.UNKNOWN || outcome instanceof OutcomeResolution.Attach;
    if (!open) {
      throw nothing(job);
    }
    if (outcome instanceof OutcomeResolution.ResubmitAcceptingSecondCharge) {
      trouble
          .get()
          .ifPresent(
              problem -> {
                throw problem.refusal();
              });
    }
    try {
      generations.answer(request, videos.resolve(job.id(), outcome));
    } catch (IllegalArgumentException taskOfAnotherJob) {
      throw Problem.of(ProblemType.NOTHING_TO_RESOLVE, "The task belongs to another generation.")
          .refusal();
    } catch (IllegalStateException meanwhile) {
      Job now = Generations.find(videos, request.pathParam("id"), caller);
      if (now.state() == JobState.UNKNOWN) {
        throw meanwhile;
      }
      throw nothing(now);
    }
  }

  private static RuntimeException nothing(Job job) {
    return Problem.of(
            ProblemType.NOTHING_TO_RESOLVE, "It is known what became of it: " + job.state() + ".")
        .refusal();
  }

  private static OutcomeResolution outcome(Resolution resolution, Caller caller) {
    return switch (resolution.resolution()) {
      case "lost" -> new OutcomeResolution.Lost();
      case "resubmit" -> new OutcomeResolution.ResubmitAcceptingSecondCharge();
      default -> {
        if (!caller.isAdmin()) {
          throw Problem.of(
                  ProblemType.ADMIN_ONLY,
                  "To attach a task is for an admin, who sees the provider's account.")
              .refusal();
        }
        yield new OutcomeResolution.Attach(new TaskId(Objects.requireNonNull(resolution.taskId())));
      }
    };
  }

  private static Resolution read(Map<?, ?> tree) {
    List<Problem.Violation> violations = new ArrayList<>();
    tree.forEach(
        (name, value) -> {
          if (!FIELDS.contains(String.valueOf(name))) {
            violations.add(
                new Problem.Violation("field-unknown", String.valueOf(name), "unknown field"));
          } else if (value != null
              && !(value instanceof String)
              && !(name.equals("accept_second_charge") && value instanceof Boolean)) {
            violations.add(
                new Problem.Violation("field-type", String.valueOf(name), "of another type"));
          }
        });
    if (!violations.isEmpty()) {
      throw Problem.of(violations).refusal();
    }
    return new Resolution(
        tree.get("resolution") instanceof String named ? named : "",
        (String) tree.get("task_id"),
        Boolean.TRUE.equals(tree.get("accept_second_charge")));
  }
}
