package io.github.seedance4j.task;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says of a task at one moment.
 *
 * @param model the model's id as echoed, if it was
 * @param createdAt by the provider's clock, which may be off
 */
public record VideoTask(
    TaskId id, TaskState state, @Nullable String model, @Nullable Instant createdAt) {

  public VideoTask {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
  }
}
