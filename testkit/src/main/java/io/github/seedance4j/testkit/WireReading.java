package io.github.seedance4j.testkit;

import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.ProviderFault.Kind;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.json.JsonReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the in-memory provider reads the fake's answers: as the guide has them, and with patience.
 */
final class WireReading {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final BigDecimal LATEST = BigDecimal.valueOf(4_102_444_800L); // the year 2100

  private WireReading() {}

  /** The object in a body; empty for anything else. */
  static Map<?, ?> object(byte[] body) {
    try {
      return JsonReader.read(body).tree() instanceof Map<?, ?> map ? map : Map.of();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }

  /** The id, where it is a text that can name a task. */
  static @Nullable TaskId id(Map<?, ?> tree) {
    try {
      return tree.get("id") instanceof String id ? new TaskId(id) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * What the status stands for; empty where there is none.
   *
   * @param key is taken out of all words, should anybody repeat it
   */
  static Optional<TaskState> state(Map<?, ?> tree, String requestId, String key) {
    if (!(tree.get("status") instanceof String word) || word.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word) {
          case "queued" -> new TaskState.Queued();
          case "running" -> new TaskState.Running();
          case "succeeded" -> new TaskState.Succeeded(video(tree));
          case "failed" ->
              new TaskState.Failed(
                  fault(tree, 0, requestId, key)
                      .orElseGet(() -> new ProviderFault(Kind.OTHER, null, null, requestId)));
          case "cancelled" -> new TaskState.Cancelled();
          case "expired" -> new TaskState.Expired();
          default -> new TaskState.Unrecognised(word);
        });
  }

  private static GeneratedVideo video(Map<?, ?> tree) {
    Map<?, ?> first =
        tree.get("data") instanceof List<?> data
                && !data.isEmpty()
                && data.get(0) instanceof Map<?, ?> map
            ? map
            : Map.of();
    Object seconds =
        tree.get("usage") instanceof Map<?, ?> usage ? usage.get("video_duration") : null;
    return new GeneratedVideo(
        text(first.get("video_url")),
        text(first.get("cover_image_url")),
        seconds instanceof BigDecimal number ? number : null);
  }

  static @Nullable String text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  static @Nullable Instant created(Map<?, ?> tree) {
    return tree.get("created") instanceof BigDecimal seconds
            && seconds.signum() > 0
            && seconds.compareTo(LATEST) < 0
        ? Instant.ofEpochSecond(seconds.longValue())
        : null;
  }

  /** The reason; empty where there are no words. */
  static Optional<ProviderFault> fault(Map<?, ?> tree, int status, String requestId, String key) {
    Object error = tree.get("error");
    String code = error instanceof Map<?, ?> parts ? text(parts.get("code")) : null;
    String message = error instanceof Map<?, ?> parts ? text(parts.get("message")) : text(error);
    if (code == null && message == null) {
      return Optional.empty();
    }
    String shown = message == null ? null : message.replace(key, "[key]");
    return Optional.of(new ProviderFault(kind(status, code), code, shown, requestId));
  }

  static Kind kind(int status, @Nullable String code) {
    if (code != null && code.matches("(Input|Output)(Text|Image|Video|Audio)Sensitive.*")) {
      String words = code.substring(0, code.indexOf("Sensitive"));
      return Kind.valueOf(words.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
    return switch (status) {
      case 400, 413, 422 -> Kind.INVALID_REQUEST;
      case 401 -> Kind.CREDENTIALS;
      case 402 -> Kind.BALANCE;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 429 -> Kind.RATE_LIMIT;
      default -> status >= 500 ? Kind.PROVIDER : Kind.OTHER;
    };
  }

  /** When to come back, five minutes at most; null for nothing, and for nonsense. */
  static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    try {
      Duration wait =
          header.matches("[0-9]+")
              ? Duration.ofSeconds(
                  new BigDecimal(header).min(BigDecimal.valueOf(86_400)).intValue())
              : Duration.between(
                  now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
      return wait.isNegative()
          ? Duration.ZERO
          : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
