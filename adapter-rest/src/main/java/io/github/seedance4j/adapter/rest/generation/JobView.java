package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.access.SignedLinks;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients of the provider know tasks: queued, running, succeeded, failed, and unknown,
 * with what the provider does not tell beside it: where it stands here, and what it costs.
 * Thread-safe.
 */
public final class JobView {

  private static final String QUEUED = "queued";
  private static final String OBJECT = "video.generation.task";
  private static final Set<JobState> WAITING =
      EnumSet.of(JobState.INTENDED, JobState.NOT_SENT, JobState.THROTTLED, JobState.SUBMITTED);

  private final SignedLinks links;
  private final String unknownAs;

  public JobView(SignedLinks links, String unknownAs) {
    this.links = links;
    this.unknownAs = unknownAs;
  }

  /** Where the clip of a job is to be had. */
  public static String contentPath(Job job) {
    return "/api/v1/videos/generations/" + job.id() + "/content";
  }

  /** The states that are shown as that status. */
  Set<JobState> states(String status) {
    return Arrays.stream(JobState.values())
        .filter(state -> status(state).equals(status))
        .collect(Collectors.toUnmodifiableSet());
  }

  private String status(JobState state) {
    if (WAITING.contains(state)) {
      return QUEUED;
    }
    return switch (state) {
      case RUNNING, SUCCEEDED -> "running";
      case STORED -> "succeeded";
      case UNKNOWN -> unknownAs;
      default -> "failed";
    };
  }

  /**
   * What the create call answers: the guide's five fields, of which none ever changes, so that the
   * answer is the same to the byte whenever, and by whichever gateway, it is given again.
   */
  static Map<String, Object> created(Job job) {
    return head(job, QUEUED);
  }

  private static Map<String, Object> head(Job job, String status) {
    return Json.tree(
        "id",
        job.id().value(),
        "object",
        OBJECT,
        "model",
        job.draft().model().orElse(""),
        "status",
        status,
        "created",
        job.createdAt().getEpochSecond());
  }

  /** What a client of the provider reads, and more. */
  public Map<String, Object> of(Job job) {
    Map<String, Object> tree = head(job, status(job.state()));
    if (job.state() == JobState.STORED && job.clip().isPresent()) {
      SignedLinks.Link link = links.to(contentPath(job));
      tree.put("data", List.of(Map.of("video_url", link.url())));
      tree.put("expires_at", link.expires().getEpochSecond());
      seconds(job).ifPresent(seconds -> tree.put("usage", Map.of("video_duration", seconds)));
    }
    error(job).ifPresent(error -> tree.put("error", error));
    tree.put("state", job.state().name());
    tree.put("changed", job.changedAt().getEpochSecond());
    job.label().ifPresent(label -> tree.put("tenant", label));
    cost(job).ifPresent(cost -> tree.put("cost", cost));
    tree.put("request", shortened(job.draft().toMap()));
    return tree;
  }

  private static Optional<BigDecimal> seconds(Job job) {
    BigDecimal reported =
        job.task()
            .map(task -> task.state() instanceof TaskState.Succeeded done ? done.video() : null)
            .map(GeneratedVideo::reportedSeconds)
            .orElse(null);
    return Optional.ofNullable(reported)
        .or(() -> job.clip().map(clip -> clip.length().seconds()))
        .map(BigDecimal::stripTrailingZeros);
  }

  private static Optional<Map<String, Object>> error(Job job) {
    String code = code(job);
    if (code == null) {
      return Optional.empty();
    }
    ProviderFault fault = job.fault().orElse(null);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", fault != null && fault.code() != null ? fault.code() : code);
    error.put("message", message(job, fault));
    error.put("type", job.state() == JobState.UNKNOWN ? "outcome_unknown" : "generation_failed");
    if (fault != null) {
      error.put("hint", fault.kind().hint());
    }
    return Optional.of(error);
  }

  private static @Nullable String code(Job job) {
    return switch (job.state()) {
      case REJECTED -> "rejected";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
      case EXPIRED -> "expired";
      case WITHDRAWN -> "withdrawn";
      case LOST -> "lost";
      case UNKNOWN -> "outcome_unknown";
      case STORED -> job.clip().isPresent() ? null : "kept_no_longer";
      default -> null;
    };
  }

  private static String message(Job job, @Nullable ProviderFault fault) {
    if (fault != null && fault.message() != null) {
      return fault.message();
    }
    if (job.state() == JobState.UNKNOWN) {
      return "It may have been charged; do not resend. " + job.note().orElse("");
    }
    return job.reason().orElse("It ended without a clip.");
  }

  private static Optional<Map<String, Object>> cost(Job job) {
    return job.quote()
        .map(
            quote -> {
              Map<String, Object> cost = new LinkedHashMap<>();
              cost.put("currency", quote.high().currency().getCurrencyCode());
              cost.put("low", quote.low().plain());
              cost.put("high", quote.high().plain());
              cost.put("counted", job.counted().map(Money::plain).orElse("0.00"));
              cost.put("basis", job.bill().map(bill -> bill.basis().name()).orElse("HELD"));
              return cost;
            });
  }

  /** Without the bytes of files that were sent within the request; a prompt is no file. */
  private static Map<String, @Nullable Object> shortened(Map<?, ?> request) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    request.forEach(
        (key, entry) ->
            copy.put(String.valueOf(key), "prompt".equals(key) ? entry : shortenedValue(entry)));
    return copy;
  }

  /** There may be nulls in fields outside the guide, which go out as they came. */
  private static @Nullable Object shortenedValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return shortened(map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(entry -> copy.add(shortenedValue(entry)));
      return copy;
    }
    return value instanceof String text && text.startsWith("data:")
        ? text.substring(0, text.indexOf(',') + 1) + "…"
        : value;
  }
}
