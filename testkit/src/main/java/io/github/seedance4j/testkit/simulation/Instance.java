package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process: a service, from its start to its close or its crash. */
final class Instance {

  private static final PollPlan PLAN =
      new PollPlan(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          1.15,
          Duration.ofMinutes(10),
          Duration.ofHours(2),
          10);

  private static final ModelCatalog CATALOG = ModelCatalog.tokenHub();
  static final Tariff TARIFF = Tariff.tokenHub();

  final World world;
  final int slot;
  final String name;
  final Alarms alarms;
  final List<CompletableFuture<?>> waits = new ArrayList<>();

  /** Until when its leases hold, as far as it knows. */
  @Nullable Instant leased;

  /** When it last learned that they had lapsed. */
  Instant lapsed = Instant.MIN;

  private final int number;
  private final List<Instant> frames = new ArrayList<>();
  private State state = State.UNBORN;
  private boolean faulted;
  private @Nullable Instant frozenUntil;
  private @Nullable VideoGeneration service;

  private enum State {
    UNBORN,
    RUNNING,
    CLOSED,
    DEAD
  }

  private Instance(World world, int slot, int number) {
    this.world = world;
    this.slot = slot;
    this.number = number;
    this.name = "p" + (slot + 1) + "." + number;
    this.alarms = new Alarms(this);
  }

  static Instance unborn(World world, int slot) {
    return new Instance(world, slot, 0);
  }

  /** The process that is started after this one. */
  Instance next() {
    return new Instance(world, slot, number + 1);
  }

  void open() {
    world.note(name + " starts");
    state = State.RUNNING;
    PortCalls calls = new PortCalls(this);
    SimulatedProvider provider = new SimulatedProvider(this, calls);
    Ports ports =
        world.sabotage.apply(
            new Ports(
                new WatchedJournal(this, calls),
                provider,
                provider,
                new SimulatedStore(this, calls),
                new SimulatedListener(this, calls),
                TARIFF));
    enter(
        "starting",
        () -> {
          var builder =
              VideoGenerationService.builder()
                  .journal(ports.journal())
                  .provider(ports.provider())
                  .fetcher(ports.fetcher())
                  .clips(ports.clips())
                  .clipFiles(job -> Path.of(job.id() + ".mp4"))
                  .onEvent(ports.listener())
                  .catalog(CATALOG)
                  .tariff(ports.tariff())
                  .pollPlan(PLAN)
                  .lease(world.settings.lease())
                  .ids(world::nextId)
                  .time(alarms)
                  .executor(this::execute);
          world.settings.caps().forEach(builder::budget);
          service = builder.build();
        });
    if (service == null && state == State.RUNNING) {
      die("did not start");
    }
  }

  private void execute(Runnable work) {
    if (state == State.DEAD || world.isOver()) {
      return;
    }
    if (world.chance.of(world.weather().room())) {
      throw new RejectedExecutionException("no room");
    }
    work.run();
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  boolean isDead() {
    return state == State.DEAD;
  }

  /** Whether it is between two things that it does. */
  boolean isIdle() {
    return frames.isEmpty();
  }

  /** Whether all that it owed to the journal got there, as far as it was up to it. */
  boolean endedWell() {
    return state != State.DEAD && !faulted;
  }

  void requireAlive() {
    if (state == State.DEAD || world.isOver()) {
      throw new Crash(name);
    }
  }

  /** When it began what it is doing now. */
  Instant frameBegan() {
    return frames.isEmpty() ? world.now() : frames.get(frames.size() - 1);
  }

  /** Does something in this process, whatever comes of it. */
  void enter(String what, Runnable work) {
    if (state != State.RUNNING || world.isOver()) {
      return;
    }
    frames.add(world.now());
    try {
      work.run();
    } catch (Crash | SimulationFailure expected) {
      // what is dead is silent; a failure is thrown by the world
    } catch (Trouble | SeedanceException | IllegalStateException | IllegalArgumentException e) {
      world.note(name + " " + what + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      if (state == State.RUNNING && !world.isOver()) {
        SimulationFailure surprise =
            world.failure(Invariant.NO_SURPRISES, name + " " + what + ": " + e);
        surprise.initCause(e);
      }
    } finally {
      frames.remove(frames.size() - 1);
    }
    world.throwFailure();
  }

  /** As {@link #enter(String, Runnable)}, with the service. */
  void use(String what, Consumer<VideoGeneration> work) {
    VideoGeneration running = service;
    if (running != null) {
      world.note(name + " " + what);
      enter(what, () -> work.accept(running));
    }
  }

  /** Closes it gracefully, if it is running, and has nothing else to do. */
  void close() {
    VideoGeneration running = service;
    if (state != State.RUNNING || running == null || !isIdle()) {
      return;
    }
    world.note(name + " closes");
    enter("closing", running::close);
    if (state == State.RUNNING) {
      state = State.CLOSED;
    }
  }

  void crash() {
    if (state == State.RUNNING) {
      world.crashes++;
      die("crashes");
    }
  }

  private void die(String how) {
    world.note(name + " " + how);
    state = State.DEAD;
    world.judge.died(this);
  }

  /** The journal failed it. */
  void fault() {
    faulted = true;
  }

  /** It sleeps, with its machine; others don't. */
  void freeze(Duration length) {
    world.note(name + " sleeps for " + length.toSeconds() + " s");
    frozenUntil = world.now().plus(length);
  }

  boolean isAsleep() {
    return frozenUntil != null && world.now().isBefore(frozenUntil);
  }

  void thaw() {
    frozenUntil = null;
  }

  @Nullable Instant nextDue() {
    Instant due = state == State.RUNNING ? alarms.next() : null;
    return due == null || frozenUntil == null || due.isAfter(frozenUntil) ? due : frozenUntil;
  }

  void runNext() {
    enter("alarm", alarms::run);
  }

  @Override
  public String toString() {
    return name;
  }
}
