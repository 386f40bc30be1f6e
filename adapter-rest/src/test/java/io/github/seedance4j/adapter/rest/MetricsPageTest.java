package io.github.seedance4j.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.operation.Condition;
import io.github.seedance4j.adapter.rest.operation.Metrics;
import io.github.seedance4j.adapter.rest.operation.Room;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.pricing.Money;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names that dashboards and alerts are made of are those of docs/metrics.md, and no others. */
class MetricsPageTest {

  private static final Pattern NAME = Pattern.compile("seedance_[a-z_]+");

  @TempDir private Path folder;

  @Test
  void namesWhatIsThere() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "metrics.md"));
    try (GatewayBench bench = GatewayBench.open(folder)) {
      bench.videos.setBudget(Budget.perMonth(Money.usd("200")).forLabel("acme"));
      Room room = new Room(folder, List.of(), 0);
      try (Metrics metrics =
          new Metrics(
              bench.videos, new Condition(bench.videos, room, () -> 0), room, Clock.systemUTC())) {
        metrics.answered("getGeneration", 200, 1_000_000);
        metrics.look();

        assertThat(names(page)).isEqualTo(families(metrics.scrape()));
      }
    }
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group()).collect(sorted());
  }

  private static Set<String> families(String exposed) {
    return exposed
        .lines()
        .filter(line -> line.startsWith("# TYPE seedance_"))
        .map(line -> line.split(" ")[2])
        .filter(name -> !name.endsWith("_max")) // beside each histogram, by itself
        .collect(sorted());
  }

  private static java.util.stream.Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }
}
