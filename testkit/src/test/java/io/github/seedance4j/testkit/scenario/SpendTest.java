package io.github.seedance4j.testkit.scenario;

import static io.github.seedance4j.testkit.scenario.Stage.CAT;
import static io.github.seedance4j.testkit.scenario.Stage.jobOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.pricing.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was spent, by whom and since when: what a tenant is told, and a month is. */
class SpendTest {

  private static final Money HOLD = Money.usd("1.008334");

  @TempDir Path directory;

  /** A job that holds its price for ever, as nobody knows what became of it. */
  private static void holds(Stage stage, SubmitOptions options) {
    stage.provider.creates.add(() -> new CreateReply.Answered(504, null, null, null));
    assertThat(jobOf(stage.videos.submit(CAT, options)).state()).isEqualTo(JobState.UNKNOWN);
  }

  private static SubmitOptions of(String label) {
    return SubmitOptions.none().label(label);
  }

  @Test
  void tellsALabelsJobsFromOthers() {
    try (Stage stage = Stage.in(directory)) {
      holds(stage, of("acme"));
      holds(stage, of("acme"));
      holds(stage, of("ACME"));
      holds(stage, SubmitOptions.none());
      Job clip = jobOf(stage.videos.submit(CAT, of("zoo")));
      Job stored = stage.after(Duration.ofHours(1), clip);
      assertThat(stored.state()).isEqualTo(JobState.STORED);
      Money charged = stored.bill().orElseThrow().amount();

      Money nothing = Money.usd("0");
      Instant ever = Instant.EPOCH;
      assertThat(stage.videos.spend(ever, "acme"))
          .isEqualTo(new Spend(nothing, nothing, nothing, HOLD.times(2)));
      assertThat(stage.videos.spend(ever, "ACME").total()).isEqualTo(HOLD);
      assertThat(stage.videos.spend(ever, "zoo"))
          .isEqualTo(new Spend(charged, nothing, nothing, nothing));
      for (String nobody : List.of("acm", "", "acme ")) {
        assertThat(stage.videos.spend(ever, nobody).total()).as(nobody).isEqualTo(nothing);
      }
      assertThat(stage.videos.spend(ever, null))
          .isEqualTo(stage.videos.spend())
          .isEqualTo(new Spend(charged, nothing, nothing, HOLD.times(4)));
    }
  }

  @Test
  void countsWhatWasAgreedToSinceThen() {
    try (Stage stage = Stage.in(directory)) {
      Instant noon = stage.time.now();
      holds(stage, of("acme"));
      holds(stage, of("zoo"));
      stage.time.advance(Duration.ofDays(1));
      Instant next = stage.time.now();
      holds(stage, of("acme"));

      assertThat(stage.videos.spend(noon, "acme").held()).isEqualTo(HOLD.times(2));
      assertThat(stage.videos.spend(noon, null).held()).isEqualTo(HOLD.times(3));
      assertThat(stage.videos.spend(noon.plusNanos(1_000), "acme").held()).isEqualTo(HOLD);
      assertThat(stage.videos.spend(next, "acme").held()).isEqualTo(HOLD);
      assertThat(stage.videos.spend(next, "zoo").held()).isEqualTo(Money.usd("0"));
      assertThat(stage.videos.spend(next.plusNanos(1_000), null).held()).isEqualTo(Money.usd("0"));
    }
  }
}
