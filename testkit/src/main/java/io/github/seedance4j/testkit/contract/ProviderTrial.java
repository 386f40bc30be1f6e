package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.FakeTask;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** One rule's provider, opened, and what a rule asks of it. */
final class ProviderTrial implements AutoCloseable {

  static final TaskId NOBODYS = new TaskId("task-nobody-has-booked");

  /** No fake takes it, and no service either. */
  static final String WRONG_KEY = "sk-contract-wr0ng-Hy4Pz8Tn2V";

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());

  final ContractSubject<? extends VideoProvider> subject;
  private final List<VideoProvider> opened = new ArrayList<>();
  private VideoProvider provider;
  private final Played played = Played.now();
  private boolean hurried;

  private ProviderTrial(ContractSubject<? extends VideoProvider> subject) {
    this.subject = subject;
    played.secret(subject.key());
    played.secret(WRONG_KEY);
    this.provider = open(subject.key());
  }

  /** Skips the rule if the subject lacks one of these. */
  static ProviderTrial of(ProviderSource source, Capability... needed) {
    ContractSubject<? extends VideoProvider> subject = source.subject();
    try {
      requireAll(subject, needed);
      requireOpenFake(subject);
      return new ProviderTrial(subject);
    } catch (RuntimeException | Error e) {
      subject.close();
      throw e;
    }
  }

  static void requireAll(ContractSubject<?> subject, Capability... needed) {
    for (Capability each : needed) {
      Assumptions.assumeTrue(subject.capabilities().contains(each), each.reason());
    }
  }

  static void requireOpenFake(ContractSubject<?> subject) {
    if (subject.hub().map(FakeTokenHub::isClosed).orElse(false)) {
      throw new AssertionError("subject() needs a fake of its own each time: this one is closed");
    }
  }

  /** A fake that two rules share ends with the first of them. */
  static void closeFake(ContractSubject<?> subject, Played played) {
    if (subject.hub().map(FakeTokenHub::isClosed).orElse(false)) {
      played.begins("somebody closed the fake: subject() needs a fake of its own each time");
    }
    subject.close();
  }

  VideoProvider provider() {
    return provider;
  }

  VideoProvider open(String key) {
    VideoProvider other = subject.open(key);
    opened.add(other);
    return other;
  }

  /** From here on the provider is one that gives up soon. */
  void hurry() {
    provider = subject.openHurried();
    opened.add(provider);
    hurried = true;
  }

  /** From here on nobody listens; the port is kept, lest another test's fake does. */
  void away() {
    hub().refusing();
    renew();
  }

  /** From here on the provider is another one, without a connection yet. */
  void renew() {
    if (hurried) {
      hurry();
    } else {
      provider = open(subject.key());
    }
  }

  FakeTokenHub hub() {
    return subject.hub().orElseThrow();
  }

  /** A request that is like no other. */
  static GenerationRequest request(String prompt) {
    GenerationDraft draft =
        GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt(prompt).build();
    return RULES.judge(draft).request().orElseThrow();
  }

  /** Sends one create, to which that is to happen. */
  CreateReply create(Fault... faults) {
    hub().next().with(faults);
    return send(provider.prepare(request("a paper boat")), faults);
  }

  /** Sends this create, to which that is said to happen. */
  CreateReply send(VideoProvider.Create create, Fault... faults) {
    played.begins(faults.length == 0 ? "a create" : "a create with " + List.of(faults));
    try {
      CreateReply reply = create.send();
      played.came(reply);
      return reply;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("a create throws for what the network does: " + e, e);
    }
  }

  /** Sends one create, and sees to it that it went out once. */
  CreateReply createOnce(Fault... faults) {
    long before = hub().requests().createsBegun();
    CreateReply reply = create(faults);
    // who gives up soon may do so before anything went out, on a machine that is busy
    assertThat(hub().requests().createsBegun() - before)
        .as("requests on the wire for one create with %s, answered with %s", List.of(faults), reply)
        .isBetween(hurried ? 0L : 1L, 1L);
    return reply;
  }

  /** A task that the fake has booked with these faults. */
  TaskId booked(Fault... faults) {
    return Judgements.submitted(create(faults));
  }

  /** The task that the fake booked last, whatever it has said of it. */
  TaskId bookedLast() {
    List<FakeTask> all = hub().tasks();
    return new TaskId(all.get(all.size() - 1).id());
  }

  /** Asks for a task that there is, and of which something can be said. */
  VideoTask task(TaskId id) {
    played.begins("a poll of " + id);
    try {
      VideoTask task = provider.task(id);
      played.came(task);
      return task;
    } catch (RuntimeException e) {
      throw new AssertionError("asking for a task throws " + e, e);
    }
  }

  TaskState state(TaskId id) {
    return task(id).state();
  }

  /** Changes an answer's tree in its copy, which may be changed. */
  static UnaryOperator<Map<String, Object>> changing(Consumer<Map<String, Object>> change) {
    return tree -> {
      Map<String, Object> copy = new LinkedHashMap<>(tree);
      change.accept(copy);
      return copy;
    };
  }

  @Override
  public void close() {
    try {
      opened.forEach(VideoProvider::close);
    } finally {
      closeFake(subject, played);
    }
  }
}
