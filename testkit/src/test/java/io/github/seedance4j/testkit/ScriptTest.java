package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which fault is whose. */
class ScriptTest {

  private static final List<Fault> LOST = List.of(new CreateFault.ResetsAfterCharge());
  private static final List<Fault> STUCK = List.of(new TaskFault.NeverEnds());
  private static final List<Fault> UNREAD = List.of(new CreateFault.ResetsBeforeRead());

  private final Script script = new Script(7, true);

  private List<Fault> create(String prompt) {
    return create(script, prompt);
  }

  private static List<Fault> create(Script script, String prompt) {
    Script.Luck luck = script.createBegun();
    return luck.reset() != null ? List.of(luck.reset()) : script.createRead(prompt, luck);
  }

  @Test
  void letsAPromptComeBeforeTheQueueAndTheQueueBeforeChance() {
    script.sometimes(1, STUCK);
    script.next(LOST);
    script.onPrompt("storm", List.of());

    assertThat(create("a storm at sea")).isEmpty();
    assertThat(create("a calm sea")).isEqualTo(LOST);
    assertThat(create("a calm sea")).isEqualTo(STUCK);
    assertThat(create("a storm at sea")).isEmpty();
  }

  @Test
  void keepsARuleUntilItIsReplaced() {
    script.onPrompt("storm", LOST);
    script.onPrompt("sea", STUCK);

    assertThat(create("a storm at sea")).isEqualTo(LOST);
    assertThat(create("a storm at sea")).isEqualTo(LOST);
    script.onPrompt("storm", List.of());
    assertThat(create("a storm at sea")).isEmpty();
    assertThat(create("the sea")).isEqualTo(STUCK);
  }

  @Test
  void resetsTheHeadOfTheNextCreateOnly() {
    script.next(LOST);
    script.next(UNREAD);

    assertThat(create("x")).isEqualTo(LOST);
    assertThat(create("x")).isEqualTo(UNREAD);
    assertThat(create("x")).isEmpty();
  }

  @Test
  void keepsAResetForAHeadWhenBodiesAreReadAtTheSameTime() {
    script.next(LOST);
    script.next(UNREAD);
    script.next(STUCK);
    Script.Luck first = script.createBegun();
    Script.Luck second = script.createBegun();

    assertThat(script.createRead("x", first)).isEqualTo(LOST);
    assertThat(script.createRead("x", second)).isEqualTo(STUCK);
    assertThat(create("x")).isEqualTo(UNREAD);
  }

  @Test
  void drawsAsOftenAsToldAndTheSameWithTheSameSeed() {
    List<List<Fault>> drawn = drawn(7);

    assertThat(drawn(7)).isEqualTo(drawn);
    assertThat(drawn(8)).isNotEqualTo(drawn);
    assertThat(drawn.stream().filter(LOST::equals)).hasSizeBetween(1_800, 2_200);
    assertThat(drawn.stream().filter(UNREAD::equals)).hasSizeBetween(2_750, 3_250);
    assertThat(drawn.stream().filter(List::isEmpty)).hasSizeBetween(4_750, 5_250);
  }

  private static List<List<Fault>> drawn(long seed) {
    Script one = new Script(seed, true);
    one.sometimes(0.2, LOST);
    one.sometimes(0.3, UNREAD);
    return IntStream.range(0, 10_000).mapToObj(i -> create(one, "x")).toList();
  }

  @Test
  void drawsForEachCreateWhateverBecomesOfIt() {
    Script queued = new Script(7, true);
    script.sometimes(0.5, LOST);
    queued.sometimes(0.5, LOST);
    List<Boolean> plain = new ArrayList<>();
    List<Boolean> besideQueue = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      plain.add(script.createBegun().drawn().isEmpty());
      if (i % 3 == 0) {
        queued.next(STUCK);
      }
      Script.Luck luck = queued.createBegun();
      queued.createRead("x", luck);
      besideQueue.add(luck.drawn().isEmpty());
    }

    assertThat(besideQueue).isEqualTo(plain).contains(true, false);
  }

  @Test
  void forgetsEverythingWhenTold() {
    script.next(LOST);
    script.onPrompt("x", LOST);
    script.sometimes(1, LOST);
    script.clear();

    assertThat(create("x")).isEmpty();
    script.sometimes(1, STUCK);
    assertThat(create("x")).isEqualTo(STUCK);
  }

  @Test
  void refusesProbabilitiesThatAreNone() {
    script.sometimes(0.6, LOST);
    for (double wrong : new double[] {0, -0.1, 0.5, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> script.sometimes(wrong, LOST))
          .withMessage("probability: over 0, and 1 at most with those before it, not " + wrong);
    }
    script.sometimes(0.4, LOST);
  }

  @Test
  void refusesAResetThatWouldNeedThePrompt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> script.onPrompt("x", UNREAD))
        .withMessage("faults: a create that is reset before it is read has no prompt yet");
  }

  @Test
  void saysTheSeedOnceWhereNobodyKnowsIt() {
    List<String> said = new CopyOnWriteArrayList<>();
    Handler handler = listeningTo(said);
    Logger logger = Logger.getLogger("io.github.seedance4j.testkit");
    logger.addHandler(handler);
    try (FakeTokenHub unseeded = FakeTokenHub.start();
        FakeTokenHub seeded = HubClient.hub().seed(-42).start()) {
      String seed = "seed(" + unseeded.seed() + "L)";
      unseeded.next().succeeds();
      assertThat(said).noneMatch(line -> line.contains(seed));
      unseeded.sometimes(0.1).with(new TaskFault.NeverEnds());
      unseeded.sometimes(0.1).with(new CreateFault.LeavesOutId());
      seeded.sometimes(0.1).with(new TaskFault.NeverEnds());

      assertThat(said.stream().filter(line -> line.contains(seed))).hasSize(1);
      assertThat(said).noneMatch(line -> line.contains("seed(-42L)"));
      assertThat(seeded.seed()).isEqualTo(-42);
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Handler listeningTo(List<String> said) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        said.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
