package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.GeneratedVideo;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.TaskState;
import io.github.seedance4j.task.VideoTask;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A job's text is read back as the same job, whatever it holds. */
class JobJsonTest {

  @Test
  void keepsExtrasOfEveryKind() {
    Map<String, Object> tree =
        Map.of(
            "prompt",
            "a cat",
            "seed",
            new BigDecimal("12345678901234567890.000000000000000000001"),
            "camera",
            Map.of("fixed", true, "path", List.of(1, "two", List.of())),
            "text",
            "of a name that content items have");
    GenerationDraft draft = GenerationDraft.read(tree, Set.of("seed", "camera", "text"));

    assertThat(draft.problems()).isEmpty();
    assertSame(Job.intended(Jobs.holding("1").id(), Jobs.ACCOUNT, draft, Jobs.NOON).done());
  }

  @Test
  void keepsContentInItsAuthorsSpelling() {
    GenerationDraft draft =
        GenerationDraft.builder()
            .firstFrame("https://x.example/a.png?sig=1&b=ü")
            .video("data:video/mp4;base64,AAAA")
            .build();

    assertSame(Job.intended(Jobs.holding("1").id(), Jobs.ACCOUNT, draft, Jobs.NOON).done());
  }

  @Test
  void keepsNanosecondsAndFiguresToTheLastDigit() {
    Instant odd = Instant.parse("2026-11-22T12:00:00.123456789Z");
    Job job =
        Jobs.intended()
            .quote(Jobs.quote("1.000000000000000000000000000001"))
            .authorisedAt(odd)
            .state(JobState.THROTTLED, odd)
            .dueAt(odd.plusNanos(1))
            .bill(new Bill(Money.of("0.00000000000000000001", "JPY"), Bill.Basis.STATED))
            .done();

    assertSame(job);
  }

  @Test
  void keepsTextsThatNoDatabaseTakesAsTheyAre() {
    Job job = Jobs.intended().note("NUL \0, half \uD83D of a pair, 🐕, \u2028, \"\\").done();

    String text = JobJson.write(job);
    assertThat(text).doesNotContain("\0");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    assertSame(job);
  }

  @Test
  void keepsAWordThatLooksLikeOneOfOurs() {
    TaskId id = new TaskId("cgt-1");
    for (TaskState state :
        List.of(
            new TaskState.Unrecognised("queued"),
            new TaskState.Unrecognised("unrecognised"),
            new TaskState.Failed(new ProviderFault(ProviderFault.Kind.OTHER, "c", "m", "r")),
            new TaskState.Succeeded(new GeneratedVideo(null, null, new BigDecimal("5.0"))))) {
      assertSame(Jobs.intended().taskId(id).task(new VideoTask(id, state, null, null)).done());
    }
  }

  @Test
  void keepsWhereClipsAreAndAreToGo() {
    Job job =
        Jobs.intended()
            .clipTarget(Path.of("/clips", "a b.mp4"))
            .clip(new Clip(Path.of("clips/ü.mp4"), 5L << 30, "c1", new ClipLength(121, 24)))
            .done();

    assertSame(job);
  }

  @Test
  void looksPastWhatALaterVersionAdded() {
    Job job = Jobs.holding("1.00");
    String text = JobJson.write(job).replaceFirst("\\{", "{\"mood\":{\"calm\":[1.5]},");

    assertThat(JobJson.read(text)).usingRecursiveComparison().isEqualTo(job);
  }

  @Test
  void namesWhatIsWrongWithARecordAndQuotesNothing() {
    String text = JobJson.write(Jobs.holding("1.00"));

    assertThatThrownBy(() -> JobJson.read(text.replace("\"attempts\":0", "\"attempts\":\"x\"")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("attempts: missing, or no Number");
    assertThatThrownBy(() -> JobJson.read(text.substring(0, text.indexOf("a cat") + 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restore it from a backup")
        .hasMessageNotContaining("cat");
  }

  private static void assertSame(Job job) {
    assertThat(JobJson.read(JobJson.write(job)))
        .usingRecursiveComparison()
        .usingOverriddenEquals()
        .ignoringFields("draft")
        .isEqualTo(job);
    assertThat(JobJson.read(JobJson.write(job)).draft()).isEqualTo(job.draft());
  }
}
