package com.example.own;

import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.ProviderFault.Kind;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer, and all that is read in one; what is not there, or odd, is null. */
record OwnAnswer(int status, HttpHeaders headers, Map<?, ?> tree) {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  @Nullable TaskId id() {
    try {
      return tree.get("id") instanceof String id ? new TaskId(id) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Nullable TaskState state() {
    String word = text(tree, "status");
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "queued" -> new TaskState.Queued();
      case "running" -> new TaskState.Running();
      case "succeeded" -> new TaskState.Succeeded(video());
      case "failed" -> {
        ProviderFault fault = fault();
        yield new TaskState.Failed(
            fault == null ? new ProviderFault(Kind.OTHER, null, null, null) : fault);
      }
      case "cancelled" -> new TaskState.Cancelled();
      case "expired" -> new TaskState.Expired();
      default -> new TaskState.Unrecognised(word);
    };
  }

  private GeneratedVideo video() {
    Object first = tree.get("data") instanceof List<?> all && !all.isEmpty() ? all.get(0) : null;
    String link = first instanceof Map<?, ?> video ? text(video, "video_url") : null;
    Object seconds =
        tree.get("usage") instanceof Map<?, ?> usage ? usage.get("video_duration") : null;
    return new GeneratedVideo(link, null, seconds instanceof BigDecimal number ? number : null);
  }

  /** Why it refuses, or why a task failed. */
  @Nullable ProviderFault fault() {
    Object error = tree.get("error");
    String code = error instanceof Map<?, ?> parts ? text(parts, "code") : null;
    String message =
        error instanceof Map<?, ?> parts ? text(parts, "message") : text(tree, "error");
    if (code == null && message == null) {
      return null;
    }
    return new ProviderFault(
        kind(code == null ? "" : code),
        code,
        message,
        headers.firstValue("X-Request-Id").orElse(null));
  }

  private Kind kind(String code) {
    if (code.startsWith("InputText")) {
      return Kind.INPUT_TEXT;
    }
    if (code.startsWith("OutputVideo")) {
      return Kind.OUTPUT_VIDEO;
    }
    return switch (status) {
      case 400, 422 -> Kind.INVALID_REQUEST;
      case 401 -> Kind.CREDENTIALS;
      case 402 -> Kind.BALANCE;
      case 403 -> Kind.PERMISSION;
      case 429 -> Kind.RATE_LIMIT;
      default -> Kind.OTHER;
    };
  }

  /** Retry-After, in seconds or as a date, capped. */
  @Nullable Duration retryAfter() {
    String said = headers.firstValue("Retry-After").orElse("");
    try {
      Duration wait =
          said.matches("[0-9]+")
              ? Duration.ofSeconds(said.length() > 9 ? 999_999_999 : Long.parseLong(said))
              : Duration.between(
                  Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(said, Instant::from));
      if (wait.isNegative()) {
        return Duration.ZERO;
      }
      return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  static @Nullable String text(Map<?, ?> tree, String field) {
    return tree.get(field) instanceof String text ? text : null;
  }
}
