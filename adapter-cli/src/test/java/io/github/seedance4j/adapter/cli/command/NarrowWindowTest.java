package io.github.seedance4j.adapter.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What there is to see where a line has room for 40 characters only. */
class NarrowWindowTest {

  private static final Path HERE = Path.of("here");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static Job stored(String label, String clip) {
    return Job.intended(
            new JobId("job-abcdefgh"),
            new ProviderAccount("TokenHub", "u", "f"),
            GenerationDraft.builder().prompt("a cat").build(),
            NOW)
        .label(label)
        .clipTarget(Path.of(clip))
        .state(JobState.RUNNING, NOW)
        .bill(new Bill(Money.usd("100.80672"), Bill.Basis.UNCONFIRMED))
        .done();
  }

  @Test
  void hasJobStateAndCostInTheFirstHalf() {
    String line = JobTable.lines(List.of(stored("acme", "cat.mp4")), HERE, 80).get(1);

    assertThat(line.substring(0, 36)).isEqualTo("job-abcdefgh  running    ≤100.81    ");
  }

  @Test
  void tellsLongNamesApartByTheirEnds() {
    List<String> lines =
        JobTable.lines(
            List.of(
                stored("batch:shots.jsonl-1a2b", "opening-shot-1.mp4"),
                stored("batch:shots.jsonl-3c4d", "opening-shot-2.mp4")),
            HERE,
            80);

    assertThat(lines.get(1)).endsWith("batch…1a2b  opening…-1.mp4").hasSize(80);
    assertThat(lines.get(2)).endsWith("batch…3c4d  opening…-2.mp4").hasSize(80);
    assertThat(JobTable.cut("a very long name of a line #2", 20)).isEqualTo("a very lon…a line #2");
  }
}
