package io.github.seedance4j.adapter.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.command.Commands;
import io.github.seedance4j.adapter.cli.request.MediaFlags;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.settings.TestSurroundings;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a batch that was left before its end. */
class BatchSummaryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static List<BatchItem> items(int count) {
    List<BatchLine> lines =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                number ->
                    new BatchLine(
                        number,
                        "s" + number,
                        null,
                        MediaFlags.look(
                            GenerationDraft.builder()
                                .model(ModelId.SEEDANCE_2_0_FAST)
                                .prompt("it shows " + number)
                                .build())))
            .toList();
    return BatchPlan.of(
            new BatchFile.Contents(lines, List.of()),
            RequestRules.of(ModelCatalog.tokenHub()),
            Strictness.STRICT,
            Tariff.tokenHub(),
            1,
            "sandbox",
            String::valueOf,
            InputMedia::draft)
        .items();
  }

  private static Job in(JobState state) {
    return Job.intended(
            new JobId("job-abcdefgh"),
            new ProviderAccount("TokenHub", "u", "f"),
            GenerationDraft.builder().build(),
            NOW)
        .state(state, NOW)
        .done();
  }

  private static BatchSummary summary(List<BatchEntry> entries) {
    Surroundings around =
        TestSurroundings.in(
            Path.of("").toAbsolutePath(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream());
    return new BatchSummary(entries, new Commands(around, null, "seedance batch …", null));
  }

  /** Some had noticed by then, and some had not. */
  @Test
  void saysOnceOfAllThatWereInterruptedWhatBecomesOfThem() {
    List<BatchEntry> waiting = items(6).stream().map(BatchEntry::waiting).toList();
    BatchEntry begun = waiting.get(0).begun(NOW).with(in(JobState.RUNNING));

    List<String> troubles =
        summary(
                List.of(
                    begun,
                    waiting
                        .get(1)
                        .begun(NOW)
                        .ended(
                            BatchEnd.RUNNING,
                            in(JobState.RUNNING),
                            BatchEnd.left(in(JobState.RUNNING))),
                    waiting.get(2).begun(NOW).with(in(JobState.WITHDRAWN)),
                    waiting.get(3).ended(BatchEnd.NOT_RUN, null, "interrupted"),
                    waiting.get(4),
                    waiting.get(5)))
            .troubles();

    assertThat(troubles)
        .containsExactly(
            "still running, lines 1–2: it goes on at the provider",
            "not run, lines 3–6: interrupted");
  }

  @Test
  void saysOfWhatIsMadeThatItIs() {
    List<BatchEntry> waiting = items(2).stream().map(BatchEntry::waiting).toList();

    BatchSummary summary =
        summary(
            List.of(
                waiting.get(0).begun(NOW).with(in(JobState.SUCCEEDED)),
                waiting.get(1).begun(NOW).with(in(JobState.STORED))));

    assertThat(summary.troubles())
        .containsExactly("s1: not fetched: it is made and paid for, but not fetched yet");
    assertThat(summary.exit()).isEqualTo(9);
  }
}
