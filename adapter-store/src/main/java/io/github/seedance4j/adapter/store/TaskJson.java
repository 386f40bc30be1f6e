package io.github.seedance4j.adapter.store;

import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the provider said of a task or a refusal, as a plain tree and back. */
final class TaskJson {

  private TaskJson() {}

  static Map<String, Object> tree(VideoTask task) {
    Map<String, Object> tree = new LinkedHashMap<>();
    TaskState state = task.state();
    tree.put("id", task.id().value());
    tree.put("state", kind(state));
    if (state instanceof TaskState.Succeeded succeeded) {
      tree.put("video", tree(succeeded.video()));
    } else if (state instanceof TaskState.Failed failed) {
      tree.put("fault", tree(failed.fault()));
    } else if (state instanceof TaskState.Unrecognised unrecognised) {
      tree.put("word", unrecognised.word());
    }
    if (task.model() != null) {
      tree.put("model", task.model());
    }
    if (task.createdAt() != null) {
      tree.put("createdAt", task.createdAt().toString());
    }
    return tree;
  }

  /** Ours, as the provider's word of an unrecognised state may be any. */
  private static String kind(TaskState state) {
    return state instanceof TaskState.Unrecognised ? "unrecognised" : state.word();
  }

  private static Map<String, Object> tree(GeneratedVideo video) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (video.url() != null) {
      tree.put("url", video.url());
    }
    if (video.coverUrl() != null) {
      tree.put("coverUrl", video.coverUrl());
    }
    if (video.reportedSeconds() != null) {
      tree.put("reportedSeconds", video.reportedSeconds().toString());
    }
    return tree;
  }

  static Map<String, Object> tree(ProviderFault fault) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", fault.kind().name());
    if (fault.code() != null) {
      tree.put("code", fault.code());
    }
    if (fault.message() != null) {
      tree.put("message", fault.message());
    }
    if (fault.requestId() != null) {
      tree.put("requestId", fault.requestId());
    }
    return tree;
  }

  static VideoTask task(JsonTree tree) {
    return new VideoTask(
        new TaskId(tree.text("id")),
        state(tree),
        tree.textOrNull("model"),
        tree.instantOrNull("createdAt"));
  }

  private static TaskState state(JsonTree tree) {
    String kind = tree.text("state");
    return switch (kind) {
      case "queued" -> new TaskState.Queued();
      case "running" -> new TaskState.Running();
      case "succeeded" -> new TaskState.Succeeded(video(tree.object("video")));
      case "failed" -> new TaskState.Failed(fault(tree.object("fault")));
      case "cancelled" -> new TaskState.Cancelled();
      case "expired" -> new TaskState.Expired();
      case "unrecognised" -> new TaskState.Unrecognised(tree.text("word"));
      default -> throw new IllegalArgumentException("state: not known: " + kind);
    };
  }

  private static GeneratedVideo video(JsonTree tree) {
    return new GeneratedVideo(
        tree.textOrNull("url"),
        tree.textOrNull("coverUrl"),
        tree.has("reportedSeconds") ? tree.decimal("reportedSeconds") : null);
  }

  static ProviderFault fault(JsonTree tree) {
    return new ProviderFault(
        tree.constant("kind", ProviderFault.Kind.class),
        tree.textOrNull("code"),
        tree.textOrNull("message"),
        tree.textOrNull("requestId"));
  }
}
