package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerBook;
import io.github.seedance4j.testkit.ledger.LedgerEntry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the admin path tells of the fake. Looking changes nothing: no request is counted, no link
 * used up, no fault struck by it. Thread-safe.
 */
final class AdminState {

  /** The key that examples use; any other that begins with th- will do as well. */
  private static final String KEY = "th-sandbox";

  private static final int MOST_TASKS = 200;
  private static final int MOST_STRUCK = 50;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Supplier<URI> baseUrl;
  private final long seed;
  private final TaskDesk desk;
  private final ClipFiles files;
  private final RequestLog log;
  private final LedgerBook ledger;
  private final Strikes strikes;

  AdminState(
      Supplier<URI> baseUrl,
      long seed,
      TaskDesk desk,
      ClipFiles files,
      RequestLog log,
      LedgerBook ledger,
      Strikes strikes) {
    this.baseUrl = baseUrl;
    this.seed = seed;
    this.desk = desk;
    this.files = files;
    this.log = log;
    this.ledger = ledger;
    this.strikes = strikes;
  }

  /**
   * Everything but the ledger's lines and the faults there are. Tasks and what struck come latest
   * first, what is scripted in the order in which it was said.
   */
  Map<String, Object> tree(Map<String, Object> clock, Map<String, Object> scripted) {
    List<FakeTask> tasks = desk.tasks();
    List<Strikes.Strike> struck = strikes.read();
    Map<String, Set<String>> byTask = byTask(struck);
    RecordedRequests requests = log.read();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("base_url", baseUrl.get().toString());
    tree.put("key", KEY);
    // a text, since JavaScript's numbers are too short for it
    tree.put("seed", Long.toString(seed));
    tree.put("clock", clock);
    tree.put("requests", requests(requests));
    tree.put("ledger", ledger(ledger.read()));
    tree.put("scripted", scripted);
    tree.put("struck_count", struck.size());
    tree.put("struck", newest(struck, MOST_STRUCK).stream().map(AdminState::strike).toList());
    tree.put("task_count", tasks.size());
    tree.put(
        "tasks",
        newest(tasks, MOST_TASKS).stream()
            .map(task -> task(task, byTask.getOrDefault(task.id(), Set.of())))
            .toList());
    return tree;
  }

  private static Map<String, Object> ledger(Ledger ledger) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("lines", ledger.entries().size());
    tree.put("total_usd", money(ledger.total()));
    return tree;
  }

  private static String money(BigDecimal usd) {
    return usd.setScale(Math.max(2, usd.scale())).toPlainString();
  }

  private static Map<String, Object> requests(RecordedRequests requests) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("creates_begun", requests.createsBegun());
    tree.put("creates_received", requests.createsReceived());
    tree.put("polls", requests.polls());
    tree.put("downloads", requests.downloads());
    tree.put("redirects_followed", requests.redirectsFollowed());
    return tree;
  }

  private static Map<String, @Nullable Object> strike(Strikes.Strike strike) {
    Map<String, @Nullable Object> tree = FaultJson.write(strike.fault());
    tree.put("at", strike.at().toString());
    tree.put("task", strike.task());
    tree.put("prompt", strike.prompt());
    return tree;
  }

  /** The names of what struck each task, in the order in which each did first. */
  private static Map<String, Set<String>> byTask(List<Strikes.Strike> struck) {
    Map<String, Set<String>> names = new HashMap<>();
    for (Strikes.Strike strike : struck) {
      if (strike.task() != null) {
        names
            .computeIfAbsent(strike.task(), task -> new LinkedHashSet<>())
            .add(FaultJson.nameOf(strike.fault().getClass()));
      }
    }
    return names;
  }

  private static Map<String, @Nullable Object> task(FakeTask task, Set<String> struck) {
    boolean done = task.status().equals("succeeded");
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", task.id());
    tree.put("model", task.model());
    tree.put("prompt", task.prompt());
    tree.put("status", task.status());
    tree.put("cost_usd", money(task.cost()));
    tree.put("created", task.created().toString());
    tree.put("struck", List.copyOf(struck));
    tree.put("clip", done ? AdminPath.CLIPS + task.id() + ".mp4" : null);
    return tree;
  }

  private static <T> List<T> newest(List<T> inOrder, int most) {
    List<T> newest =
        new ArrayList<>(inOrder.subList(Math.max(0, inOrder.size() - most), inOrder.size()));
    Collections.reverse(newest);
    return newest;
  }

  /**
   * The latest lines of the ledger, as in its file.
   *
   * @param least waits until the ledger has so many lines
   * @param wait for so long at most, by the real clock
   */
  String ledger(int last, int least, Duration wait) {
    List<LedgerEntry> entries = awaited(least, wait).entries();
    return entries.subList(Math.max(0, entries.size() - last), entries.size()).stream()
        .map(entry -> entry.toJson() + "\n")
        .collect(Collectors.joining());
  }

  /** Looks again and again: the ends of tasks come with time, and wake nobody. */
  private Ledger awaited(int least, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (true) {
        desk.settle();
        long left = end - System.nanoTime();
        Ledger now = ledger.await(least, Duration.ofNanos(Math.min(left, BETWEEN_LOOKS.toNanos())));
        if (now.entries().size() >= least || left <= 0) {
          return now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ledger.read();
    }
  }

  /** The clip of a task, for good, whatever its links are like. */
  Answer clip(String id, String path, Function<String, @Nullable String> header, String requestId) {
    HubTask task = desk.finished(id).orElse(null);
    return task == null
        ? Answer.error(404, "NotFound", "There is no finished task of this id.", requestId)
        : files.aside(
            task, new ClipFiles.Request("GET", path, null, desk::finished, header, requestId));
  }
}
