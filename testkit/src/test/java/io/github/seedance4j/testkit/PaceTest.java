package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.json.JsonReader;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  private static Wanted wanted(String seconds, String resolution) {
    return Wanted.of(
        JsonReader.read("{\"duration\":%s,\"resolution\":\"%s\"}".formatted(seconds, resolution))
            .tree());
  }

  private static Duration whole(Pace.Times times) {
    return times.queued().plus(times.running());
  }

  @ParameterizedTest
  @CsvSource({
    "4,  480p, 119, 122",
    "4,  720p, 122, 125",
    "1,  720p, 122, 125",
    "15, 480p, 275, 377",
    "15, 720p, 377, 479",
    "60, 720p, 377, 479",
    "10, 720p, 261, 319",
  })
  void drawsWhatUsersHaveSeen(String seconds, String resolution, int least, int most) {
    LongSummaryStatistics drawn =
        LongStream.range(0, 2_000)
            .map(n -> whole(Pace.published().draw(wanted(seconds, resolution), n)).toMillis())
            .summaryStatistics();

    double slack = (most - least) * 1_000 / 20.0;
    assertThat(drawn.getMin()).isBetween(least * 1_000L, (long) (least * 1_000 + slack));
    assertThat(drawn.getMax()).isBetween((long) (most * 1_000 - slack - 1_000), most * 1_000L);
  }

  @Test
  void leavesAFifthOfAFixedTimeToTheQueue() {
    Pace.Times times = Pace.of(Duration.ofSeconds(10)).draw(wanted("4", "720p"), 7);

    assertThat(times).isEqualTo(new Pace.Times(Duration.ofSeconds(2), Duration.ofSeconds(8)));
  }

  @Test
  void leavesATenthToTheQueue() {
    Pace.Times times = Pace.published().draw(wanted("4", "720p"), 7);

    assertThat(times.queued())
        .isEqualTo(whole(times).dividedBy(10))
        .isGreaterThan(Duration.ofSeconds(12));
  }

  @Test
  void drawsTheSameForTheSameSeed() throws Exception {
    SettableClock clock = SettableClock.at(java.time.Instant.parse("2026-11-02T12:00:00Z"));
    Duration[] runs = new Duration[3];
    for (int run = 0; run < 3; run++) {
      try (FakeTokenHub hub =
          HubClient.hub().seed(run == 2 ? 8 : 7).clock(clock).pace(Pace.published()).start()) {
        HubClient client = new HubClient(hub);
        String id = client.created(HubClient.BEACH);
        Duration took = Duration.ZERO;
        while (!client.polled(id).get("status").equals("succeeded")) {
          took = took.plusMillis(200);
          clock.advance(Duration.ofMillis(200));
        }
        runs[run] = took;
      }
    }
    assertThat(runs[0]).isEqualTo(runs[1]).isNotEqualTo(runs[2]);
  }
}
