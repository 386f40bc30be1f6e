package io.github.seedance4j.adapter.http.tokenhub;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as TokenHub writes it. Every part may be missing; what is of the wrong type is missing.
 *
 * @param id null where there is none that can be used
 */
record TaskAnswer(
    @Nullable TaskId id,
    @Nullable TaskState state,
    @Nullable String model,
    @Nullable Instant created) {

  private static final int LONGEST_WORD = 64;

  /** Before this there was no such service, after that there is none of us. */
  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  static TaskAnswer read(JsonNode body, @Nullable String requestId, ApiKey key) {
    String model = TokenHubJson.text(body.path("model"));
    return new TaskAnswer(
        id(body.path("id")), state(body, requestId, key), model, created(body.path("created")));
  }

  /** The id, if it is a string that can name a task; a number is not. */
  static @Nullable TaskId id(JsonNode node) {
    String id = TokenHubJson.text(node);
    try {
      return id == null ? null : new TaskId(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable TaskState state(JsonNode body, @Nullable String requestId, ApiKey key) {
    String word = TokenHubJson.text(body.path("status"));
    if (word == null) {
      return null;
    }
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "queued" -> new TaskState.Queued();
      case "running" -> new TaskState.Running();
      case "succeeded" -> new TaskState.Succeeded(video(body));
      case "failed" -> new TaskState.Failed(Faults.inTask(body.path("error"), requestId, key));
      case "cancelled", "canceled" -> new TaskState.Cancelled();
      case "expired" -> new TaskState.Expired();
      default -> new TaskState.Unrecognised(shown(word));
    };
  }

  private static GeneratedVideo video(JsonNode body) {
    JsonNode data = body.path("data");
    JsonNode first = data.isArray() ? data.path(0) : data;
    BigDecimal seconds = TokenHubJson.number(body.path("usage").path("video_duration"));
    return new GeneratedVideo(
        TokenHubJson.text(first.path("video_url")),
        TokenHubJson.text(first.path("cover_image_url")),
        seconds != null && seconds.signum() >= 0 ? seconds : null);
  }

  private static @Nullable Instant created(JsonNode node) {
    BigDecimal seconds = TokenHubJson.number(node);
    if (seconds == null) {
      return null;
    }
    BigDecimal latest = BigDecimal.valueOf(LATEST.getEpochSecond());
    if (seconds.signum() < 0 || seconds.compareTo(latest) > 0) {
      return null;
    }
    Instant created = Instant.ofEpochSecond(seconds.longValue());
    return created.isBefore(EARLIEST) ? null : created;
  }

  private static String shown(String word) {
    String plain = word.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() > LONGEST_WORD ? plain.substring(0, LONGEST_WORD) : plain;
  }
}
