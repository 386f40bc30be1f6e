package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.service.InMemoryJobJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and tables are whole, and never hold more than a few jobs with their pictures at once. */
class JobPagesTest {

  private static final int JOBS = 35;

  @TempDir private Path folder;
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  private final class Watched extends ForwardingJournal {
    private Watched() {
      super(new InMemoryJobJournal());
    }

    @Override
    public List<Job> list(JobQuery query) {
      List<Job> found = super.list(query);
      mostAtOnce.accumulateAndGet(found.size(), Math::max);
      return found;
    }
  }

  @Test
  void holdFewJobsAtOnce() {
    try (GatewayBench bench =
        GatewayBench.open(
            folder,
            new Watched(),
            service -> service,
            gateway -> gateway.keep(Duration.ofDays(1)))) {
      Client acme = bench.tenant("acme");
      List<String> newestFirst = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        bench.hub.next().inputModeration(); // refused, and kept
        newestFirst.add(0, acme.create(PROMPT + " " + i).id());
      }

      Answer some = acme.get(GENERATIONS + "?limit=32");
      Answer rest = acme.get(GENERATIONS + "?limit=32&after=" + some.at("next"));
      Answer all = acme.get(GENERATIONS + "?limit=35");
      Answer table = acme.get("/api/v1/usage?format=csv");

      assertThat(ids(some)).isEqualTo(newestFirst.subList(0, 32));
      assertThat(some.at("has_more")).isEqualTo(true);
      assertThat(ids(rest)).isEqualTo(newestFirst.subList(32, JOBS));
      assertThat(rest.at("has_more")).isEqualTo(false);
      assertThat(rest.at("next")).isNull();
      assertThat(ids(all)).isEqualTo(newestFirst);
      assertThat(all.at("has_more")).isEqualTo(false);
      assertThat(table.text().lines().skip(1).map(line -> line.replaceFirst(",.*", "")))
          .isEqualTo(newestFirst);
      assertThat(mostAtOnce.get()).isBetween(2, 16);
    }
  }

  private static List<String> ids(Answer list) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; list.at("data." + i) != null; i++) {
      ids.add(String.valueOf(list.at("data." + i + ".id")));
    }
    return ids;
  }
}
