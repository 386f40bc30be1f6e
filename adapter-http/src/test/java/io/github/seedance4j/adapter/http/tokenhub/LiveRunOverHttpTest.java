package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.LogCapture;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.VirtualTime;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import io.github.seedance4j.testkit.live.LiveEnd;
import io.github.seedance4j.testkit.live.LiveRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The live run as it goes over HTTP, rehearsed on the fake. */
class LiveRunOverHttpTest {

  private static final String KEY = "th-live-over-http-5ecret-0123456789";

  private static final HttpOptions OPTIONS =
      HttpOptions.builder()
          .allowLoopback(true)
          .retryDelay(Duration.ofMillis(5))
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  @TempDir Path directory;
  private final List<String> out = new ArrayList<>();

  private LiveEnd run(FakeTokenHub hub, VirtualTime time, UnaryOperator<String> key)
      throws Exception {
    Function<String, TokenHubProvider> opener =
        given -> TokenHub.provider(ApiKey.of(key.apply(given)), hub.baseUrl(), OPTIONS);
    try (AutoCloseable rushing = time.rushing()) {
      assertThat(rushing).isNotNull();
      return LiveRun.against(opener)
          .key(KEY)
          .cap(Money.usd("0.50"))
          .spendingFile(directory.resolve("spending.jsonl"))
          .factsFile(directory.resolve("live-facts.json"))
          .clipDirectory(directory.resolve("clips"))
          .out(out::add)
          .time(time)
          .build()
          .run();
    }
  }

  private static VirtualTime time() {
    return VirtualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
  }

  private static FakeTokenHub hub(VirtualTime time) {
    return FakeTokenHub.builder().clock(time.clock()).start();
  }

  @Test
  @SuppressWarnings("unchecked")
  void judgesOneClipAndItsFactsLoad() throws Exception {
    VirtualTime time = time();
    try (FakeTokenHub hub = hub(time)) {
      LiveEnd end = run(hub, time, key -> key);

      assertThat(end.isGood()).as("%s", end).isTrue();
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
      Map<String, ?> facts =
          JsonMapper.builder()
              .build()
              .readValue(Files.readString(end.facts().orElseThrow()), Map.class);
      assertThat(facts.get("provider")).isEqualTo("TokenHub");
      assertThat(
              ModelCatalog.tokenHub()
                  .withFacts(facts)
                  .find(ModelId.SEEDANCE_2_0_FAST.value())
                  .orElseThrow()
                  .frameSizes(Resolution.P480, AspectRatio.R21_9))
          .hasSize(1);
      assertThat(facts.get("request_sha256").toString())
          .isEqualTo(hub.ledger().charges().get(0).digest());

      // the cap has no room for another one
      assertThat(run(hub, time, key -> key).kind()).isEqualTo(LiveEnd.Kind.OVER_CAP);
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
    }
  }

  static Stream<Arguments> stops() {
    return Stream.of(
        Arguments.of(new CreateFault.ResetsAfterCharge(), LiveEnd.Kind.UNKNOWN, "unknown"),
        Arguments.of(new CreateFault.CutsBody(), LiveEnd.Kind.UNKNOWN, "unknown"),
        Arguments.of(new CreateFault.Refuses(503, true), LiveEnd.Kind.UNKNOWN, "unknown"),
        Arguments.of(new CreateFault.Refuses(400, false), LiveEnd.Kind.REJECTED, "settled"),
        Arguments.of(new CreateFault.Refuses(429, false), LiveEnd.Kind.THROTTLED, "settled"),
        Arguments.of(new TaskFault.Fails(), LiveEnd.Kind.NO_CLIP, "settled"),
        Arguments.of(new TaskFault.EndsAs("odd", true), LiveEnd.Kind.UNFINISHED, "unknown"),
        Arguments.of(new FileFault.KillsLink(true), LiveEnd.Kind.CLIP_NOT_FETCHED, "settled"),
        Arguments.of(new FileFault.ServesHtml(), LiveEnd.Kind.CLIP_NOT_FETCHED, "settled"),
        Arguments.of(new FileFault.IgnoresRange(), LiveEnd.Kind.COMPLETE, "settled"),
        Arguments.of(new FileFault.LeavesOutLength(), LiveEnd.Kind.COMPLETE, "settled"));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @MethodSource("stops")
  void sendsOneCreateWhateverComesOfIt(Fault fault, LiveEnd.Kind kind, String last)
      throws Exception {
    VirtualTime time = time();
    try (FakeTokenHub hub = hub(time)) {
      hub.next().with(fault);

      LiveEnd end = run(hub, time, key -> key);

      assertThat(end.kind()).as("%s", end).isEqualTo(kind);
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
      List<String> lines = Files.readAllLines(directory.resolve("spending.jsonl"));
      assertThat(lines.get(0)).startsWith("{\"event\":\"intent\"");
      assertThat(lines.get(lines.size() - 1)).startsWith("{\"event\":\"" + last + "\"");
    }
  }

  @Test
  void sendsNothingToAServiceThatTakesAnyKey() throws Exception {
    VirtualTime time = time();
    try (FakeTokenHub hub = hub(time)) {
      assertThat(run(hub, time, key -> KEY).kind()).isEqualTo(LiveEnd.Kind.CHECK_FAILED);
      assertThat(hub.requests().createsBegun()).isZero();
      assertThat(directory.resolve("spending.jsonl")).doesNotExist();
    }
  }

  @Test
  void tellsNobodyTheKey() throws Exception {
    VirtualTime time = time();
    try (FakeTokenHub hub = hub(time)) {
      hub.next().with(new TaskFault.SaysOddStatus(KEY, 1), new FileFault.KillsLink());

      LiveEnd end = run(hub, time, key -> key);

      assertThat(end.kind()).isEqualTo(LiveEnd.Kind.COMPLETE);
      List<String> told = new ArrayList<>(out);
      told.add(end.toString());
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (!file.toString().endsWith(".mp4")) {
            told.add(Files.readString(file));
          }
        }
      }
      for (String text : told) {
        assertThat(text.contains(KEY)).as("tells the key").isFalse();
        assertThat(text.contains("sig=")).as("tells the link").isFalse();
      }
      assertThat(LogCapture.text().contains(KEY)).as("the log tells the key").isFalse();
      assertThat(end.breaches()).singleElement().asString().contains("[secret]");
    }
  }
}
