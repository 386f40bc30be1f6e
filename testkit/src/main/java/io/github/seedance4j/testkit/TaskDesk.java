package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.check.RequestChecks;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.json.JsonDocument;
import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.ledger.Charge;
import io.github.seedance4j.testkit.ledger.LedgerBook;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the provider does with creates and polls, the wire left out: check, charge, book, then
 * answer or misbehave. The charge is in the ledger before anything else happens. Thread-safe.
 */
final class TaskDesk {

  private final Clock clock;
  private final Pace pace;
  private final Enforcement enforcement;
  private final Billing billing;
  private final LedgerBook ledger;
  private final RequestLog log;
  private final Names names;
  private final Script script;
  private final Strikes strikes;
  private final StatusDesk statuses;
  private final AtomicReference<@Nullable String> latest = new AtomicReference<>();
  private final ConcurrentMap<String, HubTask> tasks = new ConcurrentHashMap<>();

  TaskDesk(
      Clock clock,
      Pace pace,
      Enforcement enforcement,
      Billing billing,
      LedgerBook ledger,
      RequestLog log,
      Names names,
      Script script,
      Strikes strikes,
      StatusDesk statuses) {
    this.clock = clock;
    this.pace = pace;
    this.enforcement = enforcement;
    this.billing = billing;
    this.ledger = ledger;
    this.log = log;
    this.names = names;
    this.script = script;
    this.strikes = strikes;
    this.statuses = statuses;
  }

  /** Sees to it that all ends up to now are in the ledger. */
  void settle() {
    Instant now = clock.instant();
    tasks.values().forEach(task -> settle(task, now));
  }

  private void settle(HubTask task, Instant now) {
    task.settle(now, billing, ledger::append);
  }

  List<FakeTask> tasks() {
    settle();
    Instant now = clock.instant();
    return tasks.values().stream()
        .sorted(Comparator.comparing(HubTask::id))
        .map(task -> task.view(now))
        .toList();
  }

  /** A task that has its clip by now, also when its record is gone. */
  Optional<HubTask> finished(String id) {
    return booked(id).filter(task -> task.phase(clock.instant()) == HubTask.Phase.SUCCEEDED);
  }

  /** A task that was ever booked. */
  Optional<HubTask> booked(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  /** A task that the provider still knows; if it has ended, the ledger says what that changed. */
  Optional<HubTask> task(String id) {
    Instant now = clock.instant();
    HubTask task = tasks.get(id);
    if (task == null || !task.kept(now)) {
      return Optional.empty();
    }
    settle(task, now);
    return Optional.of(task);
  }

  /** A create whose head was read, with a key that is accepted; its body may never come. */
  Script.Luck createBegun() {
    Script.Luck luck = script.createBegun();
    if (luck.reset() != null) {
      strikes.add(luck.reset());
    }
    return luck;
  }

  /** One fully received create. */
  Answer create(boolean keyAccepted, byte[] body, Script.Luck luck, String requestId) {
    Received received = new Received(clock.instant(), Digests.sha256(body), requestId);
    log.createReceived(
        new RecordedCreate(received.at, received.digest, new String(body, StandardCharsets.UTF_8)));
    if (!keyAccepted) {
      charge(null, BigDecimal.ZERO, received);
      return unauthorized(requestId);
    }
    JsonDocument document;
    try {
      document = JsonReader.read(body);
    } catch (IllegalArgumentException e) {
      return invalid(
          received, "The request body is " + e.getMessage() + ".", List.of("request-unreadable"));
    }
    SortedSet<String> violations = RequestChecks.violations(document, enforcement);
    if (!violations.isEmpty()) {
      String message = "The request is invalid: " + String.join(", ", violations) + ".";
      return invalid(received, message, List.copyOf(violations));
    }
    Wanted wanted = Wanted.of(document.tree());
    return accepted(wanted, script.createRead(wanted.prompt(), luck), received);
  }

  private record Received(Instant at, String digest, String requestId) {}

  private Answer accepted(Wanted wanted, List<Fault> faults, Received received) {
    CreateFault fault = first(faults, CreateFault.class);
    if (fault != null && !CreateAnswers.books(fault)) {
      charge(null, BigDecimal.ZERO, received);
      strikes.add(fault, wanted.prompt());
      return CreateAnswers.answer(fault, Map.of(), null, received.requestId);
    }
    HubTask task = book(wanted, faults, received);
    String before = latest.getAndSet(task.id());
    Map<String, Object> tree = statuses.created(task);
    if (fault == null) {
      return Answer.json(200, Map.of(), tree);
    }
    strikes.add(fault, task);
    return CreateAnswers.answer(fault, tree, before, received.requestId);
  }

  private HubTask book(Wanted wanted, List<Fault> faults, Received received) {
    String id = names.task();
    BigDecimal cost = wanted.cost();
    Pace.Times times = pace.draw(wanted, names.lot(id));
    HubTask task = new HubTask(id, wanted, cost, received.digest, received.at, times, faults);
    charge(task.id(), cost, received);
    tasks.put(task.id(), task);
    return task;
  }

  private void charge(@Nullable String taskId, BigDecimal cost, Received received) {
    ledger.append(new Charge(taskId, cost, received.digest, received.at));
  }

  private Answer invalid(Received received, String message, List<String> violations) {
    charge(null, BigDecimal.ZERO, received);
    String param =
        violations.stream()
            .filter(entry -> entry.contains(":"))
            .map(entry -> entry.substring(entry.indexOf(':') + 1))
            .findFirst()
            .orElse(null);
    return Answer.error(
        400,
        "InvalidParameter",
        message,
        param,
        received.requestId,
        Map.of(),
        Map.of("violations", violations));
  }

  static Answer unauthorized(String requestId) {
    return Answer.error(
        401, "AuthenticationError", "The API key in the request is missing or invalid.", requestId);
  }

  /** One poll. */
  Answer status(boolean keyAccepted, String id, String requestId) {
    log.polled();
    if (!keyAccepted) {
      return unauthorized(requestId);
    }
    return task(id)
        .map(task -> statuses.answer(task, requestId))
        .orElseGet(() -> StatusDesk.notFound(requestId));
  }

  private static <F> @Nullable F first(List<Fault> faults, Class<F> type) {
    for (Fault fault : faults) {
      if (type.isInstance(fault)) {
        return type.cast(fault);
      }
    }
    return null;
  }
}
