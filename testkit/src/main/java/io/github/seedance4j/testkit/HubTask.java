package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.ledger.Adjust;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One booked task: what was asked, what it costs, which faults it carries. Where it stands is a
 * function of the time. Thread-safe.
 */
final class HubTask {

  static final Duration RETENTION = Duration.ofDays(7);

  private final String id;
  private final Wanted wanted;
  private final String digest;
  private final Instant created;
  private final Pace.Times times;
  private final Carried faults;
  private volatile BigDecimal cost;
  private volatile boolean adjusted;
  private int link = 1;
  private int deadLinks;
  private int makings;

  /**
   * @param cost what was charged when it was booked
   * @param digest of the create's body
   */
  HubTask(
      String id,
      Wanted wanted,
      BigDecimal cost,
      String digest,
      Instant created,
      Pace.Times times,
      List<Fault> faults) {
    this.id = id;
    this.wanted = wanted;
    this.cost = cost;
    this.digest = digest;
    this.created = created;
    this.times = times;
    this.faults = new Carried(faults);
  }

  /** Where a task stands. */
  enum Phase {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Over, in a word of its own. */
    ENDED_OTHERWISE;

    boolean isEnd() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /** The same task, for those whom its faults don't concern. */
  HubTask withoutFaults() {
    return new HubTask(id, wanted, cost, digest, created, times, List.of());
  }

  String id() {
    return id;
  }

  /** What was asked for. */
  Wanted wanted() {
    return wanted;
  }

  /** What came of it, should it succeed. */
  Wanted made() {
    return faults
        .find(TaskFault.MakesOtherLength.class)
        .map(other -> wanted.withSeconds(other.seconds()))
        .orElse(wanted);
  }

  Instant created() {
    return created;
  }

  Carried faults() {
    return faults;
  }

  <F extends Fault> Optional<F> fault(Class<F> type) {
    return faults.find(type);
  }

  boolean kept(Instant now) {
    return now.isBefore(created.plus(RETENTION));
  }

  /** Whether it would be over by now if nothing kept it from ending. */
  boolean timeIsUp(Instant now) {
    Duration age = Duration.between(created, now);
    return age.compareTo(times.queued().plus(times.running())) >= 0;
  }

  Phase phase(Instant now) {
    if (Duration.between(created, now).compareTo(times.queued()) < 0) {
      return Phase.QUEUED;
    }
    if (!timeIsUp(now) || fault(TaskFault.NeverEnds.class).isPresent()) {
      return Phase.RUNNING;
    }
    if (fault(TaskFault.EndsAs.class).isPresent()) {
      return Phase.ENDED_OTHERWISE;
    }
    return fault(TaskFault.Fails.class).isPresent() ? Phase.FAILED : Phase.SUCCEEDED;
  }

  /** Its status in the provider's words. */
  String status(Phase phase) {
    return switch (phase) {
      case QUEUED -> "queued";
      case RUNNING -> "running";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case ENDED_OTHERWISE -> fault(TaskFault.EndsAs.class).orElseThrow().word();
    };
  }

  /**
   * Writes down what its end, once there, changes about its charge: one line at most, in the ledger
   * before this returns.
   */
  void settle(Instant now, Billing billing, Consumer<Adjust> ledger) {
    if (adjusted || (faults.isEmpty() && billing == Billing.WHOLE_SECONDS)) {
      return;
    }
    Phase phase = phase(now);
    if (phase.isEnd()) {
      settle(phase, now, billing, ledger);
    }
  }

  private synchronized void settle(
      Phase phase, Instant now, Billing billing, Consumer<Adjust> ledger) {
    BigDecimal due = due(phase, billing);
    BigDecimal difference = due.subtract(cost);
    if (!adjusted && difference.signum() != 0) {
      Adjust.Reason reason =
          phase == Phase.SUCCEEDED ? Adjust.Reason.REAL_LENGTH : Adjust.Reason.REFUND;
      ledger.accept(new Adjust(id, difference, reason, digest, now));
      cost = due;
      adjusted = true;
    }
  }

  /** What it costs in the end. */
  private BigDecimal due(Phase end, Billing billing) {
    if (end == Phase.SUCCEEDED) {
      return billing == Billing.REAL_LENGTH ? made().costOfRealLength() : cost;
    }
    boolean charged =
        end == Phase.FAILED
            ? fault(TaskFault.Fails.class).orElseThrow().charged()
            : fault(TaskFault.EndsAs.class).orElseThrow().charged();
    return charged ? cost : BigDecimal.ZERO;
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
   * Whether the link of this number works; with the fault, the first use of any kills what was
   * handed out so far, or all there will ever be.
   */
  synchronized boolean linkWorks(int number) {
    FileFault.KillsLink kills = fault(FileFault.KillsLink.class).orElse(null);
    if (kills != null && (deadLinks == 0 || kills.forGood())) {
      deadLinks = link;
    }
    return number > deadLinks;
  }

  /** Counts how often its file was made anew. */
  synchronized int nextMaking() {
    return ++makings;
  }

  FakeTask view(Instant now) {
    return new FakeTask(id, wanted.model(), wanted.prompt(), status(phase(now)), cost, created);
  }
}
