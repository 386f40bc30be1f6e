package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.task.TaskId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people, programs and machines do, drawn by chance. */
final class Actions {

  private static final int MOST_ORDERS = 14;

  private final World world;
  private final Chance chance;
  private final List<Order> orders = new ArrayList<>();

  Actions(World world) {
    this.world = world;
    this.chance = world.chance;
  }

  /** Any one of them. */
  void any() {
    Instance instance = chance.pick(world.instances);
    if (!instance.isRunning()) {
      if (instance.isIdle() && chance.of(0.5)) {
        world.open(instance.slot);
      }
      return;
    }
    if (instance.isAsleep()) {
      return;
    }
    switch (chance.weighted(30, 10, 14, 14, 3, 4, 3, 3, 2, 5, 2, 2, 2)) {
      case 0 -> submit(instance, newOrder());
      case 1 -> submit(instance, oldOrder());
      case 2 -> await(instance);
      case 3 -> resolve(instance);
      case 4 -> settle(instance);
      case 5 -> withdraw(instance);
      case 6 -> budget(instance);
      case 7 -> instance.close();
      case 8 -> adopt(instance);
      case 9 -> sleep(instance);
      case 10 -> world.hub.refuseKey(chance.seconds(1, 60));
      case 11 -> world.hub.goDown(chance.seconds(1, 90));
      default -> purge(instance);
    }
  }

  private @Nullable Order newOrder() {
    if (orders.size() >= MOST_ORDERS) {
      return null;
    }
    Order order = Order.drawn(chance, orders.size() + 1);
    orders.add(order);
    world.hub.knows(Order.digest("clip number " + order.number()), order);
    return order;
  }

  /** One that has a key: without one it would be another job for the same bytes. */
  private @Nullable Order oldOrder() {
    List<Order> keyed = orders.stream().filter(order -> order.key() != null).toList();
    return keyed.isEmpty() ? null : chance.pick(keyed);
  }

  private void submit(Instance instance, @Nullable Order order) {
    if (order == null) {
      return;
    }
    String key = order.key();
    SubmitOptions options = key == null ? SubmitOptions.none() : SubmitOptions.idempotencyKey(key);
    SubmitOptions labelled = order.label() == null ? options : options.label(order.label());
    instance.use(
        "submits order " + order.number(),
        service -> {
          Submission submission = service.submit(order.draft(), labelled);
          if (!instance.isRunning()) {
            return; // nobody heard it
          }
          Job job =
              submission.match(accepted -> accepted, Submission.Refused::job, over -> null, u -> u);
          world.note(instance + " is told: " + submission.getClass().getSimpleName() + " " + job);
          if (job != null) {
            world.judge.acknowledged(key, job);
          }
        });
  }

  private @Nullable Job anyJob() {
    List<Job> jobs = world.judge.jobs();
    return jobs.isEmpty() ? null : chance.pick(jobs);
  }

  private @Nullable Job anyJob(JobState... states) {
    List<JobState> wanted = List.of(states);
    List<Job> jobs =
        world.judge.jobs().stream().filter(job -> wanted.contains(job.state())).toList();
    return jobs.isEmpty() ? null : chance.pick(jobs);
  }

  private void await(Instance instance) {
    Job job = anyJob();
    if (job != null) {
      Duration timeout = chance.seconds(1, 1200);
      instance.use(
          "awaits " + job, service -> instance.waits.add(service.awaitAsync(job.id(), timeout)));
    }
  }

  private void resolve(Instance instance) {
    Job job = chance.of(0.8) ? anyJob(JobState.UNKNOWN, JobState.LOST) : anyJob();
    if (job == null) {
      return;
    }
    switch (chance.weighted(4, 2, 2, 3)) {
      case 0 -> {
        TaskId right = rightTask(job);
        if (right != null) {
          resolve(instance, job, new OutcomeResolution.Attach(right));
        }
      }
      case 1 -> resolve(instance, job, new OutcomeResolution.Attach(wrongTask(job)));
      case 2 -> resolve(instance, job, new OutcomeResolution.Lost());
      default -> resolve(instance, job, new OutcomeResolution.ResubmitAcceptingSecondCharge());
    }
  }

  private void resolve(Instance instance, Job job, OutcomeResolution resolution) {
    instance.use("resolves " + job + ": " + resolution, s -> s.resolve(job.id(), resolution));
  }

  /** What the provider's support would say. */
  private @Nullable TaskId rightTask(Job job) {
    String digest = job.bodySha256().orElse("");
    List<HubTask> tasks = digest.isEmpty() ? List.of() : world.hub.tasksOf(digest);
    return tasks.isEmpty() ? null : new TaskId(chance.pick(tasks).id());
  }

  private TaskId wrongTask(Job job) {
    Job other = anyJob();
    TaskId task = other == null ? null : other.taskId().orElse(null);
    if (task == null || chance.of(0.3)) {
      task = new TaskId("task-nowhere-" + chance.below(3));
    }
    world.judge.confused(job);
    return task;
  }

  private void settle(Instance instance) {
    Job job = anyJob();
    if (job != null && !world.judge.isOpen(job)) {
      settle(instance, job);
    }
  }

  private void settle(Instance instance, Job job) {
    String digest = job.bodySha256().orElse("none");
    Money cost = dollars(world.hub.cost(digest));
    boolean first = world.judge.seen.stating.add(digest);
    try {
      instance.use("settles " + job + " at " + cost, service -> service.settle(job.id(), cost));
    } finally {
      if (first) {
        world.judge.seen.stating.remove(digest);
      }
    }
  }

  private static Money dollars(long millionths) {
    return Money.usd(BigDecimal.valueOf(millionths, 6).toPlainString());
  }

  /** In the end somebody looks up what each job cost. */
  void settleAll() {
    for (Job job : world.judge.jobs()) {
      settle(world.instances.get(0), job);
    }
  }

  private void withdraw(Instance instance) {
    Job job = anyJob(JobState.NOT_SENT, JobState.THROTTLED);
    if (job != null) {
      instance.use("withdraws " + job, service -> service.withdraw(job.id()));
    }
  }

  private void budget(Instance instance) {
    Budget budget = Budget.perMonth(Settings.dollars(chance.between(2, 25)));
    if (chance.of(0.3)) {
      instance.use("drops the cap", s -> s.removeBudget(Budget.Period.MONTH, null));
    } else {
      instance.use("sets a cap", service -> service.setBudget(budget));
    }
  }

  private void adopt(Instance instance) {
    HubTask task =
        world.hub.tasks.isEmpty() || chance.of(0.7)
            ? world.hub.foreign()
            : chance.pick(world.hub.tasks);
    world.judge.adopted(task);
    instance.use("adopts " + task.id(), (VideoGeneration s) -> s.adopt(new TaskId(task.id())));
  }

  /** A laptop: all its processes, or one that collects its garbage. */
  private void sleep(Instance instance) {
    instance.freeze(chance.seconds(1, chance.of(0.1) ? 7200 : 120));
  }

  private void purge(Instance instance) {
    Duration age = chance.seconds(0, 60);
    instance.use("purges", service -> service.purge(world.now().minus(age)));
  }
}
