package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.TaskFault;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says of a task, rightly or wrongly. Faults that strike but some polls come
 * first, one a poll; then those that change what is said. Thread-safe.
 */
final class StatusDesk {

  private final Clock clock;
  private final Strikes strikes;
  private final ClipFiles files;
  private final Supplier<String> origin;

  StatusDesk(Clock clock, Strikes strikes, ClipFiles files, Supplier<String> origin) {
    this.clock = clock;
    this.strikes = strikes;
    this.files = files;
    this.origin = origin;
  }

  /** The answer to the create, for as much of it as a task's own faults change. */
  Map<String, Object> created(HubTask task) {
    return finished(task, head(task, "queued"));
  }

  /** One poll. */
  Answer answer(HubTask task, String requestId) {
    Carried.Stroke<TaskFault> stroke = task.faults().next(TaskFault.class).orElse(null);
    if (stroke == null) {
      return said(task, whole(task, requestId));
    }
    TaskFault fault = stroke.fault();
    strikes.add(fault, task);
    if (fault instanceof TaskFault.NotFoundAtFirst) {
      return notFound(requestId);
    }
    if (fault instanceof TaskFault.RefusesPolls refusal) {
      return Refusal.answer(
          refusal.status(), refusal.shape(), null, null, refusal.retryAfter(), requestId);
    }
    if (fault instanceof TaskFault.ResetsPolls) {
      return new Answer.Reset();
    }
    if (fault instanceof TaskFault.HangsPolls) {
      return new Answer.Hang();
    }
    if (fault instanceof TaskFault.SaysOddStatus odd) {
      return said(task, head(task, odd.word()));
    }
    if (fault instanceof TaskFault.GoesBackwards) {
      return said(task, head(task, stroke.number() % 2 == 1 ? "running" : "queued"));
    }
    throw new IllegalStateException("nobody plays " + fault);
  }

  static Answer notFound(String requestId) {
    return Answer.error(
        404, "NotFound", "The requested task was not found.", "id", requestId, Map.of(), Map.of());
  }

  private Answer said(HubTask task, Map<String, Object> tree) {
    Map<String, Object> told = finished(task, tree);
    TaskFault.RewritesStatus change = strikes.of(task, TaskFault.RewritesStatus.class);
    return Answer.json(200, Map.of(), change == null ? told : change.rewrite().apply(told));
  }

  private Map<String, Object> head(HubTask task, String status) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", task.id());
    tree.put("object", "video.generation.task");
    tree.put("model", task.wanted().model());
    tree.put("status", status);
    if (strikes.of(task, TaskFault.LeavesOutCreated.class) == null) {
      TaskFault.SkewsCreated skew = strikes.of(task, TaskFault.SkewsCreated.class);
      Duration off = skew == null ? Duration.ZERO : skew.by();
      tree.put("created", task.created().plus(off).getEpochSecond());
    }
    return tree;
  }

  private Map<String, Object> whole(HubTask task, String requestId) {
    HubTask.Phase phase = task.phase(clock.instant());
    Map<String, Object> tree = head(task, task.status(phase));
    switch (phase) {
      case QUEUED -> {}
      case RUNNING -> {
        if (task.timeIsUp(clock.instant())) {
          strikes.of(task, TaskFault.NeverEnds.class);
        }
      }
      case SUCCEEDED -> {
        strikes.of(task, TaskFault.MakesOtherLength.class);
        addData(task, tree);
        if (strikes.of(task, TaskFault.LeavesOutUsage.class) == null) {
          tree.put("usage", Map.of("video_duration", task.made().reportedSeconds()));
        }
      }
      case FAILED -> {
        TaskFault.Fails failure = strikes.of(task, TaskFault.Fails.class);
        if (failure != null) {
          addError(failure, tree, requestId);
        }
      }
      case ENDED_OTHERWISE -> strikes.of(task, TaskFault.EndsAs.class);
    }
    return tree;
  }

  private void addData(HubTask task, Map<String, Object> tree) {
    if (strikes.of(task, TaskFault.LeavesOutData.class) != null) {
      return;
    }
    if (strikes.of(task, TaskFault.EmptiesData.class) != null) {
      tree.put("data", List.of());
      return;
    }
    TaskFault.GivesBadLink bad = strikes.of(task, TaskFault.GivesBadLink.class);
    Map<String, @Nullable Object> video = new LinkedHashMap<>();
    if (bad == null) {
      video.put("video_url", origin.get() + files.link(task));
    } else if (bad.link() != TaskFault.BadLink.ABSENT) {
      video.put("video_url", link(task, bad.link()));
    }
    tree.put("data", List.of(video));
  }

  private @Nullable String link(HubTask task, TaskFault.BadLink link) {
    return switch (link) {
      case NULL, ABSENT -> null;
      case FILE -> "file:///etc/passwd";
      case PRIVATE -> ClipFiles.PRIVATE;
      case LOOP -> origin.get() + ClipFiles.loop(task);
      case REDIRECT_TO_PRIVATE -> origin.get() + ClipFiles.wayOut(task);
      case NONSENSE -> "not a link";
    };
  }

  private static void addError(
      TaskFault.Fails failure, Map<String, Object> tree, String requestId) {
    String message = failure.message() + " Request ID: " + requestId;
    Map<String, Object> error = new LinkedHashMap<>();
    switch (failure.shape()) {
      case FULL -> {
        error.put("code", failure.code());
        error.put("message", message);
        tree.put("error", error);
      }
      case MESSAGE_ONLY -> tree.put("error", Map.of("message", message));
      case TEXT -> tree.put("error", message);
      default -> putNull(tree, "error");
    }
  }

  @SuppressWarnings("NullAway") // JSON has nulls, and the writer knows them
  private static void putNull(Map<String, Object> tree, String field) {
    tree.put(field, null);
  }

  private Map<String, Object> finished(HubTask task, Map<String, Object> tree) {
    return strikes.of(task, TaskFault.AddsFields.class) == null ? tree : withMore(tree);
  }

  private static Map<String, Object> withMore(Map<?, ?> tree) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("x_first", Map.of("since", "2027-01-01", "tags", List.of(1, "two", List.of())));
    tree.forEach((name, value) -> more.put(String.valueOf(name), deepened(value)));
    more.put("x_last", 1);
    return more;
  }

  private static Object deepened(Object value) {
    if (value instanceof Map<?, ?> map) {
      return withMore(map);
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(item -> all.add(deepened(item)));
      return all;
    }
    return value;
  }
}
