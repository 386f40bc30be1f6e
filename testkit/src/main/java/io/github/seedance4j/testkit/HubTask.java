package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One booked task: what was asked, what it costs, which faults it carries. Its status is a function
 * of the time.
 */
final class HubTask {

  static final Duration RETENTION = Duration.ofDays(7);

  private final String id;
  private final Wanted wanted;
  private final BigDecimal cost;
  private final Instant created;
  private final Pace pace;
  private final List<Fault> faults;
  private int link = 1;
  private int deadLinks;

  HubTask(
      String id, Wanted wanted, BigDecimal cost, Instant created, Pace pace, List<Fault> faults) {
    this.id = id;
    this.wanted = wanted;
    this.cost = cost;
    this.created = created;
    this.pace = pace;
    this.faults = faults;
  }

  String id() {
    return id;
  }

  Wanted wanted() {
    return wanted;
  }

  Instant created() {
    return created;
  }

  boolean kept(Instant now) {
    return now.isBefore(created.plus(RETENTION));
  }

  String status(Instant now) {
    Duration age = Duration.between(created, now);
    if (age.compareTo(pace.queued()) < 0) {
      return "queued";
    }
    if (fault(TaskFault.NeverEnds.class).isPresent()
        || age.minus(pace.queued()).compareTo(pace.running()) < 0) {
      return "running";
    }
    return fault(TaskFault.Fails.class).isPresent() ? "failed" : "succeeded";
  }

  <F extends Fault> Optional<F> fault(Class<F> type) {
    for (Fault fault : faults) {
      if (type.isInstance(fault)) {
        return Optional.of(type.cast(fault));
      }
    }
    return Optional.empty();
  }

  /**
   * The number of the link that a status answer hands out now: a new one once the last is known to
   * be dead.
   */
  synchronized int currentLink() {
    if (link <= deadLinks) {
      link = deadLinks + 1;
    }
    return link;
  }

  /**
   * Whether the link of this number works; with the fault, its first use kills what was handed out
   * so far.
   */
  synchronized boolean linkWorks(int number) {
    if (deadLinks == 0 && fault(FileFault.KillsLink.class).isPresent()) {
      deadLinks = link;
    }
    return number > deadLinks;
  }

  FakeTask view(Instant now) {
    return new FakeTask(id, wanted.model(), wanted.prompt(), status(now), cost, created);
  }
}
