package io.github.seedance4j.testkit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live run pays for one clip at most, and says what it learnt and what it spent. */
class LiveRunTest {

  @TempDir Path directory;

  @Test
  void judgesOneClipAndWritesWhatItLearnt() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end = bench.run();

      assertThat(end.kind()).as("%s", end).isEqualTo(LiveEnd.Kind.COMPLETE);
      assertThat(end.breaches()).isEmpty();
      assertThat(end.isGood()).isTrue();
      assertThat(bench.creates()).isEqualTo(1);
      assertThat(bench.events()).containsExactly("intent", "submitted", "settled");
      Map<?, ?> facts = LiveBench.facts(end);
      assertThat(facts.get("end")).isEqualTo("complete");
      assertThat(facts.get("model")).isEqualTo("doubao-seedance-2.0-fast");
      assertThat(facts.get("base_url")).isEqualTo(bench.hub.baseUrl().toString());
      assertThat(facts.get("request_sha256"))
          .isEqualTo(bench.hub.ledger().charges().get(0).digest())
          .isEqualTo(bench.lines().get(0).get("sha256"));
      Map<?, ?> seen = (Map<?, ?>) facts.get("seen");
      assertThat(seen.get("picture_size")).isEqualTo("992x432");
      assertThat(seen.get("codec")).isEqualTo("avc1");
      assertThat(seen.get("clip_length")).isEqualTo("97/24");
      assertThat(seen.get("link_life_seconds")).isEqualTo(new BigDecimal(24 * 60 * 60));
      assertThat(seen.get("has_sound")).isEqualTo(false);
      assertThat((List<?>) seen.get("states"))
          .extracting(line -> (String) ((Map<?, ?>) line).get("status"))
          .containsExactly("queued", "running", "succeeded");
      assertThat((List<?>) facts.get("checks"))
          .hasSizeGreaterThan(12)
          .allSatisfy(check -> assertThat(((Map<?, ?>) check).get("held")).isEqualTo(true));
    }
  }

  @Test
  void spendsWhatTheClipCosts() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end = bench.run();

      Money charged = new Money(bench.hub.ledger().total(), Money.usd("0").currency());
      assertThat(bench.spent().minus(charged).amount().abs())
          .isLessThan(new BigDecimal("0.000001"));
      assertThat(bench.last().get("basis")).isEqualTo("computed");
      Map<?, ?> cost = (Map<?, ?>) LiveBench.facts(end).get("cost");
      assertThat(cost.get("quote")).isEqualTo("0.40 USD");
      assertThat(cost.get("counted")).isEqualTo(bench.spent().toString());
      assertThat(bench.spent().isMoreThan(Money.usd("0.40"))).isTrue();
    }
  }

  @Test
  void answersTheOpenQuestionsThatOneClipCan() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      List<?> questions = (List<?>) LiveBench.facts(bench.run()).get("open_questions");

      assertThat(questions)
          .extracting(each -> ((Map<?, ?>) each).get("number").toString())
          .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
      List<String> answers =
          questions.stream().map(each -> (String) ((Map<?, ?>) each).get("answer")).toList();
      for (int open : new int[] {1, 2, 3, 5, 7, 9, 10}) {
        assertThat(answers.get(open - 1)).isEqualTo("one clip can't tell");
      }
      assertThat(answers.get(3))
          .isEqualTo("a whole number here; of input seconds one clip can't tell");
      assertThat(answers.get(7))
          .isEqualTo("21:9 at 480p is accepted and made; of the others one clip can't tell");
      assertThat(((Map<?, ?>) questions.get(5)).get("seen").toString())
          .contains("401", "404", "AuthenticationError");
    }
  }

  @Test
  void writesFactsThatTheCatalogueLoads() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      Map<?, ?> facts = LiveBench.facts(bench.run());
      // a catalogue that believes something else
      ModelCatalog believed =
          ModelCatalog.tokenHub()
              .withFacts(
                  Map.of(
                      "catalogue",
                      Map.of(
                          "models",
                          Map.of(
                              ModelId.SEEDANCE_2_0_FAST.value(),
                              Map.of(
                                  "frames_per_second",
                                  Map.of("value", 30, "source", "hearsay"))))));

      @SuppressWarnings("unchecked")
      ModelCatalog learnt = believed.withFacts((Map<String, ?>) facts);

      ModelSpec fast = learnt.find(ModelId.SEEDANCE_2_0_FAST.value()).orElseThrow();
      assertThat(fast.framesPerSecond()).isEqualTo(24);
      assertThat(fast.frameSizes(Resolution.P480, AspectRatio.R21_9))
          .containsExactly(new ModelSpec.FrameSize(992, 432));
      assertThat(fast.certainties()).as("a success proves no refusal").isEmpty();
    }
  }

  @Test
  void tellsNobodyTheKeyOrTheLink() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      List<String> links = new ArrayList<>();
      LiveEnd end =
          bench.run(
              real ->
                  new LiveBench.Provider(bench.hub, real.key) {
                    @Override
                    public VideoTask task(TaskId id) {
                      if (id.equals(FreeChecks.NOBODYS) && key.equals(LiveBench.KEY)) {
                        throw new NotFoundException("nobody knows " + id + " of " + key);
                      }
                      return super.task(id);
                    }

                    @Override
                    public Clip fetch(String url, Path target, Consumer<Progress> progress)
                        throws IOException {
                      links.add(url);
                      if (links.size() == 1) {
                        throw new RetryLaterException("try " + url + " later", null, null);
                      }
                      return super.fetch(url, target, progress);
                    }
                  });

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.COMPLETE);
      String signature = links.get(0).substring(links.get(0).indexOf("sig=") + 4);
      assertThat(signature).hasSize(64);
      List<String> told = new ArrayList<>(bench.out);
      told.add(end.toString());
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          told.add(Files.readString(file, StandardCharsets.ISO_8859_1));
          told.add(file.toString());
        }
      }
      for (String text : told) {
        assertThat(text.contains(LiveBench.KEY)).as("tells the key").isFalse();
        assertThat(text.contains(signature)).as("tells the link").isFalse();
      }
      assertThat(String.join("\n", told)).contains("nobody knows", "[secret]");
    }
  }

  @Test
  void leavesNothingBesideTheClip() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.run();
      try (Stream<Path> files = Files.list(directory.resolve("clips"))) {
        assertThat(files).singleElement().asString().endsWith(".mp4");
      }
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("clips", "home", "live-facts.json");
      }
    }
  }

  @Test
  void keepsTheFactsOfEarlierRuns() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      Path first = bench.run().facts().orElseThrow();
      Files.writeString(first, "what a person added");

      Path second = bench.run().facts().orElseThrow();

      assertThat(first).hasContent("what a person added");
      assertThat(second).hasFileName("live-facts-2.json");
    }
  }

  @Test
  void saysWhatItIsAboutToPayBeforeAnythingIsSent() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      List<String> before = new ArrayList<>();
      bench.run(
          real -> {
            before.addAll(before.isEmpty() ? bench.out : List.of());
            return real;
          });

      assertThat(before).hasSize(3);
      assertThat(before.get(0)).contains("doubao-seedance-2.0-fast", "480p", "21:9", "4 s");
      assertThat(before.get(1)).contains("Quote: 0.40 USD", "held: 0.404");
      assertThat(before.get(2)).contains("Cap: 1.00 USD", "spent by earlier runs: 0.00 USD");
    }
  }

  @Test
  void needsKeyCapAndFiles() {
    LiveRun.Builder builder = LiveRun.against(key -> (LiveBench.Provider) null);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cap: must be set");
    for (Money cap : List.of(Money.usd("0"), Money.of("5", "EUR"))) {
      assertThatThrownBy(() -> builder.cap(cap).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cap: more than zero in USD, not " + cap);
    }
    builder.cap(Money.usd("1"));
    assertThatThrownBy(builder::build).hasMessage("key: must be set");
    assertThatThrownBy(() -> builder.key(" ").build()).hasMessage("key: it is blank");
    builder.key("th-x");
    assertThatThrownBy(builder::build).hasMessage("spendingFile: must be set");
  }

  @Test
  void judgesWhatTheClipIs() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.hub.next().with(new TaskFault.MakesOtherLength(new BigDecimal(7)));

      LiveEnd end = bench.run();

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.COMPLETE);
      assertThat(end.isGood()).isFalse();
      assertThat(end.breaches())
          .anySatisfy(breach -> assertThat(breach).startsWith("the clip is as long as asked"))
          .anySatisfy(breach -> assertThat(breach).startsWith("the clip's price is within"));
      // the truth counts, not what was held
      assertThat(bench.spent().isMoreThan(Money.usd("0.70"))).isTrue();
    }
  }

  @Test
  void judgesThePictureByItsOwnIndex() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      ModelCatalog other =
          ModelCatalog.tokenHub()
              .withFacts(
                  Map.of(
                      "catalogue",
                      Map.of(
                          "models",
                          Map.of(
                              ModelId.SEEDANCE_2_0_FAST.value(),
                              Map.of(
                                  "frame_sizes",
                                  Map.of(
                                      "480p",
                                      Map.of(
                                          "21:9", Map.of("size", "864x368", "source", "x"))))))));

      LiveEnd end = bench.settings(real -> real).catalog(other).build().run();

      assertThat(end.breaches())
          .containsExactly(
              "the picture has the size that the catalogue says: is 992x432, expected [864x368]");
    }
  }

  @Test
  void takesAStateThatGoesBackForABreach() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      bench.hub.next().with(new TaskFault.GoesBackwards());

      LiveEnd end = bench.run();

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.COMPLETE);
      assertThat(end.breaches())
          .singleElement()
          .asString()
          .startsWith("the task goes from queued over running to its end");
    }
  }

  @Test
  void seesThatADownloadGoesOn() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      LiveEnd end =
          bench.run(
              real ->
                  new LiveBench.Provider(bench.hub, real.key) {
                    @Override
                    public Clip fetch(String url, Path target, Consumer<Progress> progress)
                        throws IOException {
                      if (target.getParent().toString().contains("broken-off")) {
                        boolean second = Files.exists(target.resolveSibling("begun"));
                        Files.writeString(target.resolveSibling("begun"), "");
                        progress.accept(new Progress(second ? 2_000 : 1_000, null));
                      }
                      return super.fetch(url, target, progress);
                    }
                  });

      Map<?, ?> seen = (Map<?, ?>) LiveBench.facts(end).get("seen");
      assertThat(seen.get("ranges")).isEqualTo("yes: went on after byte 1000");
    }
  }

  @Test
  void asksInGrowingStepsUntilTheEnd() throws Exception {
    try (LiveBench bench = new LiveBench(directory)) {
      List<TaskState> states = new ArrayList<>();
      bench.run(
          real ->
              new LiveBench.Provider(bench.hub, real.key) {
                @Override
                public VideoTask task(TaskId id) {
                  VideoTask task = super.task(id);
                  states.add(task.state());
                  return task;
                }
              });
      // at most: 80 s in steps that grow from 5 s; one after its end asks no more
      assertThat(states).hasSizeBetween(4, 12).last().isInstanceOf(TaskState.Succeeded.class);
    }
  }
}
