package io.github.seedance4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.testkit.simulation.PlantedBugs.ClaimsAll;
import io.github.seedance4j.testkit.simulation.PlantedBugs.DropsLateTasks;
import io.github.seedance4j.testkit.simulation.PlantedBugs.ForgetsAtRestart;
import io.github.seedance4j.testkit.simulation.PlantedBugs.ForgetsKeys;
import io.github.seedance4j.testkit.simulation.PlantedBugs.IgnoresLeases;
import io.github.seedance4j.testkit.simulation.PlantedBugs.LooksThenAdmits;
import io.github.seedance4j.testkit.simulation.PlantedBugs.SendsWithoutLooking;
import io.github.seedance4j.testkit.simulation.PlantedBugs.TellsTooEarly;
import io.github.seedance4j.testkit.simulation.PlantedBugs.WritesLater;
import io.github.seedance4j.testkit.simulation.PlantedBugs.WritesOver;
import io.github.seedance4j.testkit.simulation.PlantedOnTheWire.TellsLater;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bug that could be in the service or under it is found, and found for what it is. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PlantedBugsTest {

  /** Every bug is found within these; the sound service passes all of them. */
  private static final int SEEDS = 3_000;

  private static final String TARIFF =
      """
      provider = Simulated
      source = somebody who hopes for the best
      date = 2026-11-01
      models = doubao-seedance-2.0, doubao-seedance-2.0-fast
      *.currency = USD
      *.unit = second
      doubao-seedance-2.0.rate.480p = 0.12
      doubao-seedance-2.0.rate.720p = 0.20
      doubao-seedance-2.0-fast.rate.480p = 0.10
      doubao-seedance-2.0-fast.rate.720p = 0.16
      *.input-weight = 1
      *.failed-tasks = none
      *.billed-length = real
      *.margin-frames = %d
      """;

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug(
            "the intent is recorded after the send",
            PlantedOnTheWire::intendingLate,
            Invariant.CHARGES_ACCOUNTED),
        bug(
            "a lost answer is sent again by code",
            ports -> ports.with(PlantedOnTheWire.sendingAgain(ports.provider())),
            Invariant.CHARGES_AUTHORISED),
        bug(
            "a call that was sent counts as not sent",
            ports -> ports.with(PlantedOnTheWire.misreading(ports.provider(), PlantedBugsTest::no)),
            Invariant.CHARGES_AUTHORISED),
        bug(
            "a 5xx counts as a refusal",
            ports -> ports.with(PlantedOnTheWire.misreading(ports.provider(), PlantedBugsTest::ko)),
            Invariant.CHARGES_AUTHORISED),
        bug(
            "the budget is checked outside the transaction",
            ports -> ports.with(new LooksThenAdmits(ports.journal())),
            Invariant.CAPS_KEPT),
        bug(
            "an unknown outcome releases its hold",
            ports -> ports.with(billing(ports, JobState.UNKNOWN, "0")),
            Invariant.MONEY_COVERED),
        bug(
            "a lost job counts as not charged",
            ports -> ports.with(billing(ports, JobState.LOST, "0")),
            Invariant.MONEY_COVERED),
        bug(
            "a clip is billed below the ledger",
            ports -> ports.with(billing(ports, JobState.STORED, "0.99")),
            Invariant.MONEY_COVERED),
        bug(
            "failed tasks count as free, and are not",
            ports -> ports.with(tariff(1)),
            Invariant.MONEY_COVERED),
        bug(
            "nothing is held for the frame that the provider adds",
            ports -> ports.with(tariff(0)),
            Invariant.MONEY_COVERED),
        bug(
            "a late task id is thrown away",
            ports -> ports.with(new DropsLateTasks(ports.journal())),
            Invariant.CHARGES_ACCOUNTED),
        bug(
            "one job may be followed by whoever asks",
            ports -> ports.with(new IgnoresLeases(ports.journal())),
            Invariant.ONE_FOLLOWER),
        bug(
            "others' live jobs are taken over",
            ports -> ports.with(new ClaimsAll(ports.journal())),
            Invariant.ONE_FOLLOWER),
        bug(
            "one key makes two jobs",
            ports -> ports.with(new ForgetsKeys(ports.journal())),
            Invariant.JOBS_KEPT),
        bug(
            "an end counts as told before the listener heard of it",
            ports -> ports.with(new TellsTooEarly(ports.journal())),
            Invariant.ENDS_TOLD),
        bug(
            "events wait in memory",
            ports -> ports.with(new TellsLater(ports.listener())),
            Invariant.ENDS_TOLD),
        bug(
            "an event told again has another id",
            ports -> ports.with(PlantedOnTheWire.renaming(ports.listener())),
            Invariant.ENDS_TOLD),
        bug(
            "a job is sent again whatever its version",
            ports -> ports.with(new SendsWithoutLooking(ports.journal())),
            Invariant.CHARGES_AUTHORISED,
            Invariant.MONEY_COVERED),
        bug(
            "a change overwrites somebody else's",
            ports -> ports.with(new WritesOver(ports.journal())),
            Invariant.ARROWS_KEPT,
            Invariant.CHARGES_AUTHORISED),
        bug(
            "a restart forgets intents",
            ports -> ports.with(new ForgetsAtRestart(ports.journal(), JobState.INTENDED)),
            Invariant.NOTHING_STUCK),
        bug(
            "a restart forgets clips that wait",
            ports -> ports.with(new ForgetsAtRestart(ports.journal(), JobState.SUCCEEDED)),
            Invariant.NOTHING_STUCK),
        bug(
            "a task id is acknowledged before it is written",
            ports -> ports.with(new WritesLater(ports.journal())),
            Invariant.CHARGES_ACCOUNTED,
            Invariant.ARROWS_KEPT,
            Invariant.ONE_FOLLOWER,
            Invariant.NOTHING_STUCK),
        bug(
            "half a clip counts as a whole one",
            ports -> ports.with(PlantedOnTheWire.contentWithHalf(ports.fetcher())),
            Invariant.CLIPS_WHOLE));
  }

  private static Arguments bug(
      String name, UnaryOperator<Ports> bug, Invariant first, Invariant... more) {
    return Arguments.of(Named.of(name, bug), EnumSet.of(first, more));
  }

  private static CreateReply no(CreateReply reply) {
    return reply instanceof CreateReply.Broken broken
        ? new CreateReply.Broken(CreateReply.Phase.CONNECT, broken.what())
        : reply;
  }

  private static CreateReply ko(CreateReply reply) {
    return reply instanceof CreateReply.Answered answer && answer.status() >= 500
        ? new CreateReply.Answered(429, null, null, null)
        : reply;
  }

  private static JobJournal billing(Ports ports, JobState state, String factor) {
    return PlantedBugs.rewriting(
        ports.journal(),
        next -> PlantedBugs.billed(next, job -> job.state() == state, new BigDecimal(factor)));
  }

  private static Tariff tariff(int marginFrames) {
    try {
      return Tariff.read(new StringReader(TARIFF.formatted(marginFrames)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void findsABug(UnaryOperator<Ports> bug, Set<Invariant> broken) {
    Simulation simulation = Simulation.inMemory().sabotaged(bug);
    SimulationFailure found = null;
    for (long seed = 1; found == null && seed <= SEEDS; seed++) {
      try {
        simulation.run(seed);
      } catch (SimulationFailure failure) {
        found = failure;
      }
    }
    assertThat(found).as("found within %d seeds", SEEDS).isNotNull();
    assertThat(broken).contains(found.invariant());
    assertThat(found.trace()).isNotEmpty();
  }
}
