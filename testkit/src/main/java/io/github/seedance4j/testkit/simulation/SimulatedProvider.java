package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process's way to the provider, with all that can go wrong on it. */
final class SimulatedProvider implements VideoProvider, VideoFetcher {

  static final ProviderAccount ACCOUNT =
      new ProviderAccount("Simulated", "https://hub.example/v1", "000000000000");

  private static final List<CreateReply.Phase> BEFORE_IT_IS_SENT =
      List.of(
          CreateReply.Phase.RESOLVE,
          CreateReply.Phase.CONNECT,
          CreateReply.Phase.TLS,
          CreateReply.Phase.LEASE);

  private static final Duration LONG_AGO = Duration.ofDays(7);

  private final Instance caller;
  private final World world;
  private final Chance chance;
  private final PortCalls calls;
  private final Hub hub;

  SimulatedProvider(Instance caller, PortCalls calls) {
    this.caller = caller;
    this.world = caller.world;
    this.chance = world.chance;
    this.calls = calls;
    this.hub = world.hub;
  }

  @Override
  public ProviderAccount account() {
    return ACCOUNT;
  }

  @Override
  public Create prepare(GenerationRequest request) {
    String digest = Order.digest(request.draft().prompt().orElse(""));
    return new Create() {
      @Override
      public String bodySha256() {
        return digest;
      }

      @Override
      public CreateReply send() {
        calls.begin("create");
        linger();
        caller.requireAlive();
        world.judge.sends(caller, digest);
        CreateReply reply = answer(digest);
        linger();
        calls.end("create");
        world.note(caller + " create answers " + reply);
        world.judge.answered(caller, digest, reply);
        return reply;
      }
    };
  }

  /** An answer that takes long, while others act; or the machine itself falls asleep. */
  private void linger() {
    if (chance.of(world.weather().slow() / 2)) {
      Duration length = chance.seconds(1, chance.of(0.3) ? 90 : 10);
      if (chance.of(0.5)) {
        caller.freeze(length);
      }
      world.linger(length);
    }
  }

  private CreateReply answer(String digest) {
    if (hub.refusesKey()) {
      return refused(401, ProviderFault.Kind.CREDENTIALS);
    }
    if (hub.isDown()) {
      return new CreateReply.Broken(CreateReply.Phase.CONNECT, "nobody listens");
    }
    if (!chance.of(world.weather().create())) {
      return taken(hub.take(digest).id());
    }
    return trouble(digest, chance.weighted(16, 16, 6, 3, 10, 6, 8, 5, 5, 3, 3, 2));
  }

  private CreateReply trouble(String digest, int kind) {
    return switch (kind) {
      case 0 -> throttled();
      case 1 -> new CreateReply.Broken(chance.pick(BEFORE_IT_IS_SENT), "not sent");
      case 2 -> refused(400, ProviderFault.Kind.INPUT_TEXT);
      case 3 -> refused(402, ProviderFault.Kind.BALANCE);
      case 4 -> {
        hub.take(digest);
        yield new CreateReply.Broken(CreateReply.Phase.SENT, "reset after the charge");
      }
      case 5 -> new CreateReply.Broken(CreateReply.Phase.SENT, "reset on its way");
      case 6 -> {
        hub.take(digest);
        yield new CreateReply.Answered(502, null, null, null);
      }
      case 7 -> new CreateReply.Answered(503, null, null, null);
      case 8 -> {
        hub.take(digest);
        yield new CreateReply.Answered(200, null, null, null);
      }
      case 9 -> {
        if (chance.of(0.5)) {
          hub.take(digest);
        }
        yield refused(chance.of(0.5) ? 408 : 409, ProviderFault.Kind.OTHER);
      }
      case 10 -> { // it takes it, and names another task
        HubTask made = hub.take(digest);
        HubTask named = chance.pick(hub.tasks);
        world.judge.misled(made, named);
        yield taken(named.id());
      }
      default -> {
        hub.take(digest);
        throw new IllegalStateException("the adapter broke its contract");
      }
    };
  }

  private CreateReply throttled() {
    return new CreateReply.Answered(
        429,
        null,
        new ProviderFault(ProviderFault.Kind.RATE_LIMIT, null, "slow down", null),
        chance.of(0.5) ? chance.seconds(0, 60) : null);
  }

  private static CreateReply taken(String id) {
    return new CreateReply.Answered(200, new TaskId(id), null, null);
  }

  private static CreateReply refused(int status, ProviderFault.Kind kind) {
    return new CreateReply.Answered(
        status, null, new ProviderFault(kind, null, "refused", null), null);
  }

  @Override
  public VideoTask task(TaskId id) {
    calls.begin("task");
    world.judge.asks(caller, id);
    HubTask task = hub.task(id.value());
    Instant now = world.now();
    if (hub.isDown() || chance.of(world.weather().poll() / 2)) {
      world.note(caller + " asks for " + id + ": no answer");
      throw new RetryLaterException(
          "no answer", chance.of(0.2) ? chance.seconds(0, 90) : null, null);
    }
    if (hub.refusesKey()) {
      world.note(caller + " asks for " + id + ": 401");
      throw new AccountException("the key is not accepted", null);
    }
    boolean stray = chance.of(world.weather().poll() / 20);
    if (task == null || stray || isUnknown(task, now)) {
      world.note(caller + " asks for " + id + ": 404");
      throw new NotFoundException("no such task");
    }
    TaskState state = state(task, now);
    world.note(caller + " asks for " + id + ": " + state.word());
    calls.end("task");
    return new VideoTask(id, state, null, null);
  }

  private static boolean isUnknown(HubTask task, Instant now) {
    return now.isBefore(task.knownFrom()) || now.isAfter(task.endsAt().plus(LONG_AGO));
  }

  private static TaskState state(HubTask task, Instant now) {
    if (!task.hasEnded(now)) {
      if (now.isBefore(task.runsFrom())) {
        return new TaskState.Queued();
      }
      return task.oddWord() ? new TaskState.Unrecognised("pondering") : new TaskState.Running();
    }
    return switch (task.fate()) {
      case SUCCEEDED ->
          new TaskState.Succeeded(
              new GeneratedVideo(
                  "https://hub.example/" + task.id() + "?at=" + now.toEpochMilli(), null, null));
      case FAILED ->
          new TaskState.Failed(
              new ProviderFault(ProviderFault.Kind.OUTPUT_VIDEO, null, "moderated", null));
      case CANCELLED -> new TaskState.Cancelled();
      case EXPIRED -> new TaskState.Expired();
    };
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<JobEvent.Progress> progress)
      throws IOException {
    calls.begin("fetch");
    int query = url.indexOf("?at=");
    HubTask task = hub.task(url.substring(url.lastIndexOf('/') + 1, query));
    Instant signed = Instant.ofEpochMilli(Long.parseLong(url.substring(query + 4)));
    if (task == null) {
      throw new GiveUpException("no such address", null);
    }
    if (world.now().isAfter(signed.plus(world.settings.linkLife()))) {
      world.note(caller + " fetches " + task.id() + ": the link is dead");
      throw new LinkExpiredException("the link is dead");
    }
    trouble(task, target);
    if (chance.of(0.2)) {
      progress.accept(new JobEvent.Progress(task.bytes() / 2, (long) task.bytes()));
    }
    world.files.begun.put(target, task.bytes());
    calls.end("fetch");
    Path free = target;
    while (!task.content().equals(world.files.whole.getOrDefault(free, task.content()))) {
      free = Path.of(free + ".2");
    }
    world.files.begun.remove(target);
    world.files.whole.put(free, task.content());
    world.note(caller + " fetches " + task.id() + " to " + free);
    calls.end("publish");
    return new Clip(free, task.bytes(), task.content(), length(task));
  }

  private static ClipLength length(HubTask task) {
    return new ClipLength(task.order().ticks(), Order.FRAMES);
  }

  private void trouble(HubTask task, Path target) throws IOException {
    if (!chance.of(world.weather().fetch() / 2)) {
      return;
    }
    int half = chance.below(task.bytes());
    world.files.begun.merge(target, half, Math::max);
    world.note(caller + " fetches " + task.id() + ": broken at " + half);
    switch (chance.weighted(6, 2, 1, 1)) {
      case 0 -> throw new RetryLaterException("the transfer broke", null, null);
      case 1 -> throw new IOException("the disk is full");
      case 2 -> throw new LinkExpiredException("the link is dead before its time");
      default -> throw new GiveUpException("what came is no clip", null);
    }
  }

  /** The half of a clip, for whoever takes it for a whole one. */
  @Nullable Clip half(Path target, String url) {
    HubTask task = hub.task(url.substring(url.lastIndexOf('/') + 1, url.indexOf("?at=")));
    Integer begun = world.files.begun.get(target);
    return task == null || begun == null
        ? null
        : new Clip(target, begun, Order.digest("half of " + task.id()), length(task));
  }
}
