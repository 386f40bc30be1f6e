package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.ProviderFault.Kind;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.testkit.json.JsonReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the plain client reads answers. */
final class PlainReading {

  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Set<String> KNOWN =
      Set.of("id", "object", "model", "status", "created", "task_id", "data", "usage", "error");

  private final @Nullable Flaw flaw;
  private final String key;

  PlainReading(@Nullable Flaw flaw, String key) {
    this.flaw = flaw;
    this.key = key;
  }

  /** The object in a body; empty for anything else. */
  Optional<Map<?, ?>> object(byte[] body) {
    if (flaw == Flaw.DIES_OF_DEPTH) {
      descend(body, 0);
    }
    try {
      return JsonReader.read(body).tree() instanceof Map<?, ?> map
          ? Optional.of(map)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int descend(byte[] body, int at) {
    if (at >= body.length) {
      return 0;
    }
    // not a tail call, so the stack grows with each list
    return body[at] == '[' ? 1 + descend(body, at + 1) : flat(body, at);
  }

  private static int flat(byte[] body, int at) {
    int next = at;
    while (next < body.length && body[next] != '[') {
      next++;
    }
    return next < body.length ? descend(body, next) : 0;
  }

  @Nullable TaskId id(Map<?, ?> tree) {
    if (flaw == Flaw.KNOWS_ALL_FIELDS && !KNOWN.containsAll(tree.keySet())) {
      return null;
    }
    Object id = tree.get("id");
    if (flaw == Flaw.ID_FROM_TASK_ID && tree.get("task_id") != null) {
      id = tree.get("task_id");
    }
    if (flaw == Flaw.NUMBER_IS_AN_ID && id instanceof BigDecimal number) {
      id = number.toPlainString();
    }
    try {
      return id instanceof String text ? new TaskId(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Empty where it makes no sense. */
  Optional<TaskState> state(Map<?, ?> tree) {
    Object word = tree.get("status");
    if (!(word instanceof String status)
        || (flaw == Flaw.NEEDS_USAGE && !(tree.get("usage") instanceof Map))
        || (flaw == Flaw.NEEDS_CREATED && !(tree.get("created") instanceof BigDecimal))) {
      return Optional.empty();
    }
    return switch (status) {
      case "queued" ->
          Optional.of(
              flaw == Flaw.QUEUED_IS_RUNNING ? new TaskState.Running() : new TaskState.Queued());
      case "running" -> Optional.of(new TaskState.Running());
      case "succeeded" -> succeeded(tree);
      case "failed" -> failed(tree);
      case "cancelled" -> Optional.of(new TaskState.Cancelled());
      case "expired" ->
          Optional.of(
              flaw == Flaw.EXPIRED_IS_RUNNING ? new TaskState.Running() : new TaskState.Expired());
      default ->
          Optional.of(
              flaw == Flaw.ODD_STATUS_IS_FAILED
                  ? new TaskState.Failed(without(0))
                  : new TaskState.Unrecognised(status));
    };
  }

  private Optional<TaskState> succeeded(Map<?, ?> tree) {
    Object first =
        tree.get("data") instanceof List<?> data && !data.isEmpty() ? data.get(0) : Map.of();
    String url = first instanceof Map<?, ?> video ? text(video.get("video_url")) : null;
    if (flaw == Flaw.SUCCESS_NEEDS_A_LINK && url == null) {
      return Optional.empty();
    }
    Object seconds = tree.get("usage") instanceof Map<?, ?> usage ? usage.get("video_duration") : 0;
    return Optional.of(
        new TaskState.Succeeded(
            new GeneratedVideo(
                url,
                null,
                flaw != Flaw.LOSES_THE_SECONDS && seconds instanceof BigDecimal number
                    ? number
                    : null)));
  }

  private Optional<TaskState> failed(Map<?, ?> tree) {
    ProviderFault fault = fault(tree, 0, null).orElse(without(0));
    if (flaw == Flaw.FAILURE_NEEDS_A_CODE && fault.code() == null) {
      return Optional.empty();
    }
    return Optional.of(new TaskState.Failed(flaw == Flaw.LOSES_THE_REASON ? without(0) : fault));
  }

  /** The reason in an answer; empty where there are no words. */
  Optional<ProviderFault> fault(Map<?, ?> tree, int status, @Nullable String requestId) {
    if (flaw == Flaw.SWALLOWS_ERROR_BODIES) {
      return Optional.empty();
    }
    Object error = tree.get("error");
    String code = error instanceof Map<?, ?> parts ? text(parts.get("code")) : null;
    String message = error instanceof Map<?, ?> parts ? text(parts.get("message")) : text(error);
    if ((code == null && message == null) || (flaw == Flaw.KNOWS_ONE_ERROR_SHAPE && code == null)) {
      return Optional.empty();
    }
    boolean telling = message == null || flaw == Flaw.KEY_IN_MESSAGES;
    String shown = telling ? message : message.replace(key, "[key]");
    return Optional.of(new ProviderFault(kind(status, code), code, shown, requestId));
  }

  ProviderFault without(int status) {
    return new ProviderFault(kind(status, null), null, null, null);
  }

  private Kind kind(int status, @Nullable String code) {
    if (flaw == Flaw.EVERY_FAULT_IS_OTHER) {
      return Kind.OTHER;
    }
    if (code != null && code.startsWith("InputText")) {
      return Kind.INPUT_TEXT;
    }
    if (code != null && code.startsWith("OutputVideo")) {
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

  @Nullable Duration retryAfter(@Nullable String header) {
    if (header == null) {
      return null;
    }
    try {
      if (header.matches("[0-9]+")) {
        return capped(
            Duration.ofSeconds(
                new BigInteger(header).min(BigInteger.valueOf(1_000_000_000_000L)).longValue()));
      }
      Instant moment = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
      return flaw == Flaw.KNOWS_NO_DATES ? null : capped(Duration.between(Instant.now(), moment));
    } catch (DateTimeException e) {
      return flaw == Flaw.NONSENSE_IS_A_MINUTE ? Duration.ofMinutes(1) : null;
    }
  }

  private Duration capped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return flaw != Flaw.WAITS_WITHOUT_CAP && wait.compareTo(MOST) > 0 ? MOST : wait;
  }

  static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  static boolean looksBroken(byte[] body) {
    String start = new String(body, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
    return start.startsWith("{");
  }
}
