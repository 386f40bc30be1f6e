package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Lives of one to three services over one journal, beside a provider that plays every trick: what
 * they do, when they crash, sleep and race is drawn from a seed. After each step and at rest the
 * provider's ledger, the journal and what listeners heard are held to each {@link Invariant}.
 *
 * <p>Run it on a journal of your own. Thread-safe, as long as the source of journals is; each run
 * stays on its caller's thread, waits for nothing, and touches no file.
 *
 * <pre>{@code
 * Simulation simulation = Simulation.on(() -> new MyJournal(...));
 * for (long seed = 1; seed <= 1_000; seed++) {
 *   simulation.run(seed);
 * }
 * }</pre>
 */
public final class Simulation {

  private final Supplier<? extends JobJournal> journals;
  private final UnaryOperator<Ports> sabotage;

  private Simulation(Supplier<? extends JobJournal> journals, UnaryOperator<Ports> sabotage) {
    this.journals = Objects.requireNonNull(journals, "journals");
    this.sabotage = sabotage;
  }

  /** On the journal that a service has by default. */
  public static Simulation inMemory() {
    return on(InMemoryJobJournal::new);
  }

  /**
   * On journals of any kind.
   *
   * @param journals gives an empty one for each run, which is closed at its end
   */
  public static Simulation on(Supplier<? extends JobJournal> journals) {
    return new Simulation(journals, UnaryOperator.identity());
  }

  /** The same with a bug planted into each instance. */
  Simulation sabotaged(UnaryOperator<Ports> bug) {
    return new Simulation(journals, bug);
  }

  /**
   * Lives one run through.
   *
   * @return what happened; the same for the same seed, as long as library and journal are
   * @throws SimulationFailure if an invariant did not hold
   */
  public SimulatedRun run(long seed) {
    try (JobJournal journal = journals.get()) {
      World world = new World(seed, journal, sabotage);
      Quiet.during(world::live);
      return new SimulatedRun(
          seed,
          world.steps(),
          world.judge.jobs().size(),
          world.hub.charges(),
          world.crashes,
          world.unknown,
          world.judge.stored(),
          world.trace());
    }
  }
}
