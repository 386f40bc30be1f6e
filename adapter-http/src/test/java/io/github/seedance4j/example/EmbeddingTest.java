package io.github.seedance4j.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.DraftSource;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.ValidGeneration;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.FakeTokenHub;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The README's embedding examples, run as they stand there against the fake provider. */
class EmbeddingTest {

  private static final String PORTRAIT = "https://your-bucket.example.com/woman.jpg";
  private static final String STREET = "https://your-bucket.example.com/street.jpg";
  private static final String WALK = "https://your-bucket.example.com/walk.mp4";

  @TempDir Path directory;

  private final Map<String, Path> bucket = new ConcurrentHashMap<>();
  private final Map<JobState, Integer> meter = new ConcurrentHashMap<>();

  private static TokenHubProvider tokenHub(FakeTokenHub hub) {
    return TokenHub.provider(
        ApiKey.of("th-sandbox"), hub.baseUrl(), HttpOptions.builder().allowLoopback(true).build());
  }

  private VideoGeneration open(FakeTokenHub hub) {
    TokenHubProvider tokenHub = tokenHub(hub);
    PollPlan pollPlan = PollPlan.immediate();
    Path clips = directory;
    // <wire>
    VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(tokenHub)
            .budget(Budget.perMonth(Money.usd("200")))
            .clipFiles(job -> clips.resolve(job.id() + ".mp4"))
            .clips((job, clip) -> bucket.put(job.id() + ".mp4", clip.path()))
            .onEvent(event -> meter.merge(event.state(), 1, Integer::sum))
            .pollPlan(pollPlan)
            .build(); // follows its jobs from here on
    // </wire>
    return videos;
  }

  private static GenerationDraft draft() {
    // <draft>
    GenerationDraft draft =
        GenerationDraft.builder()
            .model(ModelId.SEEDANCE_2_0_FAST)
            .prompt("the woman from image 1 walks through video 1")
            .referenceImage(PORTRAIT)
            .referenceImage(STREET)
            .referenceVideo(WALK, Duration.ofSeconds(5))
            .duration(Duration.ofSeconds(10))
            .build();
    // </draft>
    return draft;
  }

  @Test
  void submitsWithAnAnswerForEachCase() {
    String orderId = "order-7";
    try (FakeTokenHub hub = FakeTokenHub.start();
        VideoGeneration videos = open(hub)) {
      GenerationDraft draft = draft();
      // <submit>
      Quote price = videos.quote(draft); // 2.40 USD, or every violation at once

      Submission submission =
          videos.submit(draft, SubmitOptions.idempotencyKey(orderId).maxCost(Money.usd("3.00")));
      String answer =
          submission.match(
              job -> "in the making: " + job.id(),
              refused -> "refused: " + refused.reason() + " " + refused.violations(),
              overBudget -> "too dear: " + overBudget.quote() + ", left: " + overBudget.left(),
              unknown -> "may have been charged, don't send it again: " + unknown.id());
      // </submit>
      assertThat(price.toString()).isEqualTo("2.40 USD");
      assertThat(answer).startsWith("in the making: job-");
      assertThat(videos.submit(draft, SubmitOptions.idempotencyKey(orderId)))
          .isInstanceOf(Submission.Accepted.class);
      assertThat(hub.requests().createsReceived()).isEqualTo(1);
    }
  }

  @Test
  void generatesSynchronously() {
    try (FakeTokenHub hub = FakeTokenHub.start();
        VideoGeneration videos = open(hub)) {
      GenerationDraft draft = draft();
      // <generate>
      Job done = videos.generate(draft); // submit, wait, download; throws what stands in its way
      Path clip = done.clip().orElseThrow().path();
      // </generate>
      assertThat(clip).isRegularFile();
      assertThat(bucket).containsEntry(done.id() + ".mp4", clip);
      assertThat(meter).containsKeys(JobState.SUBMITTED, JobState.STORED);
      assertThat(videos.spend().settled()).isGreaterThanOrEqualTo(Money.usd("2.40"));
    }
  }

  @Test
  void generatesAsynchronously() {
    try (FakeTokenHub hub = FakeTokenHub.start();
        VideoGeneration videos = open(hub)) {
      GenerationDraft draft = draft();
      // <async>
      CompletableFuture<Path> clip =
          videos
              .generateAsync(draft, SubmitOptions.none())
              .thenApply(job -> job.clip().orElseThrow().path());
      // </async>
      assertThat(clip.join()).isRegularFile();
    }
  }

  // <form>
  @ValidGeneration
  record ClipForm(@Nullable String text, @Nullable String picture) implements DraftSource {
    @Override
    public GenerationDraft toDraft() {
      GenerationDraft.Builder draft =
          GenerationDraft.builder().model(ModelId.SEEDANCE_2_0).prompt(text);
      return picture == null ? draft.build() : draft.image(picture).build();
    }

    @Override
    public String propertyOf(String field) { // where a violation belongs in this form
      return switch (field) {
        case "prompt" -> "text";
        case "image_url" -> "picture";
        default -> "";
      };
    }
  }

  // </form>

  @Test
  void reportsEachViolationAtTheFormsOwnProperty() {
    try (ValidatorFactory factory =
        Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()) {
      Validator validator = factory.getValidator();
      assertThat(validator.validate(new ClipForm("a cat", "https://example.com/cat.png")))
          .isEmpty();
      assertThat(validator.validate(new ClipForm(null, "cat.png")))
          .extracting(v -> v.getPropertyPath() + ": " + v.getMessage())
          .containsExactlyInAnyOrder(
              "text: Describe the video in a prompt.",
              "picture: The address must be an absolute http or https URL with a host, without user"
                  + " name, password or white space. Given: cat.png.");
    }
  }

  @Test
  void testsAgainstTheFake(@TempDir Path clips) {
    // <test>
    try (FakeTokenHub hub = FakeTokenHub.start();
        VideoGeneration videos =
            VideoGenerationService.builder()
                .provider(
                    TokenHub.provider(
                        ApiKey.of("th-test"),
                        hub.baseUrl(),
                        HttpOptions.builder().allowLoopback(true).build()))
                .clipFiles(job -> clips.resolve(job.id() + ".mp4"))
                .pollPlan(PollPlan.immediate()) // the fake is done at the first poll
                .build()) {
      hub.next().chargedThenReset(); // booked and charged, then the reply is cut

      assertThat(videos.submit(draft())).isInstanceOf(Submission.Unknown.class);
      assertThat(hub.ledger().charges()).hasSize(1);
    }
    // </test>
  }

  /** The README says what runs here, to the letter. */
  @TestFactory
  Stream<DynamicTest> standsInTheReadme() {
    Path root = Path.of("..");
    String readme = unindented(read(root.resolve("README.md")));
    String source = read(Path.of("src/test/java/io/github/seedance4j/example/EmbeddingTest.java"));
    return Stream.of("wire", "draft", "submit", "generate", "async", "form", "test")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      String begin = "// <" + name + ">\n";
                      int from = source.indexOf(begin) + begin.length();
                      int to = source.indexOf("// </" + name + ">");
                      String example = unindented(source.substring(from, to)).strip();
                      assertThat(example).isNotEmpty();
                      assertThat(readme).contains(example);
                    }));
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
