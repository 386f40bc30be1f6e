package io.github.seedance4j.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider's side: its tasks, and the ledger of what it charged, which is the judge of all.
 * Knows no job, no journal and no price but its own.
 */
final class Hub {

  final List<HubTask> tasks = new ArrayList<>();

  private final World world;
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<String, HubTask> byId = new LinkedHashMap<>();
  private Instant keyRefusedUntil = Instant.MIN;
  private Instant downUntil = Instant.MIN;

  Hub(World world) {
    this.world = world;
  }

  /** What bytes of that digest ask for; the same order may be placed twice. */
  void knows(String digest, Order order) {
    orders.putIfAbsent(digest, order);
  }

  /** Takes a create call, and charges it. */
  HubTask take(String digest) {
    Order order = orders.get(digest);
    if (order == null) {
      throw new IllegalStateException("nobody ordered " + digest);
    }
    HubTask task = make(digest, order, true);
    world.note("  hub takes order " + order.number() + " as " + task.id() + ", charges it");
    world.judge.charged(digest);
    return task;
  }

  /** A task that somebody made elsewhere; its charge is not ours. */
  HubTask foreign() {
    return make("", Order.drawn(world.chance, 0), false);
  }

  private HubTask make(String digest, Order order, boolean ours) {
    HubTask task = HubTask.drawn(world, "task-" + (tasks.size() + 1), digest, order, ours);
    tasks.add(task);
    byId.put(task.id(), task);
    return task;
  }

  @Nullable HubTask task(String id) {
    return byId.get(id);
  }

  List<HubTask> tasksOf(String digest) {
    return tasks.stream().filter(task -> task.digest().equals(digest)).toList();
  }

  /** What creates with those bytes cost up to now, in millionths of a dollar. */
  long cost(String digest) {
    long sum = 0;
    for (HubTask task : tasks) {
      if (task.digest().equals(digest)) {
        sum += task.cost(world.now());
      }
    }
    return sum;
  }

  /** All that was charged up to now, in millionths of a dollar. */
  long total() {
    long sum = 0;
    for (HubTask task : tasks) {
      sum += task.cost(world.now());
    }
    return sum;
  }

  int charges(String digest) {
    int count = 0;
    for (HubTask task : tasks) {
      if (task.digest().equals(digest)) {
        count++;
      }
    }
    return count;
  }

  int charges() {
    return (int) tasks.stream().filter(HubTask::ours).count();
  }

  void refuseKey(Duration length) {
    world.note("  hub refuses the key for " + length.toSeconds() + " s");
    keyRefusedUntil = world.now().plus(length);
  }

  void goDown(Duration length) {
    world.note("  hub is down for " + length.toSeconds() + " s");
    downUntil = world.now().plus(length);
  }

  boolean refusesKey() {
    return world.now().isBefore(keyRefusedUntil);
  }

  boolean isDown() {
    return world.now().isBefore(downUntil);
  }

  void heal() {
    keyRefusedUntil = Instant.MIN;
    downUntil = Instant.MIN;
  }
}
