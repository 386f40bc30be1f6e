package io.github.seedance4j.request;

import static io.github.seedance4j.request.Drafts.AUDIO;
import static io.github.seedance4j.request.Drafts.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidGenerationTest {

  private static final Validator VALIDATOR = validator(Locale.ENGLISH);

  /** An item without a role beside a flat audio: two faults, one of them deep in a list. */
  private static final GenerationDraft FAULTY =
      Drafts.with(
          "prompt",
          " ",
          "audio_url",
          AUDIO,
          "content",
          List.of(Drafts.referenceImage(), Drafts.item("image_url", "a.png", "reference_image")));

  private static final String PROMPT = "prompt-required";
  private static final String URL = "url-invalid";

  record Component(@ValidGeneration @Nullable GenerationDraft draft) {}

  static class Field {
    @ValidGeneration GenerationDraft draft = FAULTY;
  }

  static class Getter {
    @ValidGeneration
    public GenerationDraft getDraft() {
      return FAULTY;
    }
  }

  record Elements(
      List<@ValidGeneration GenerationDraft> drafts,
      Map<String, @ValidGeneration GenerationDraft> byName,
      Optional<@ValidGeneration GenerationDraft> one) {}

  @Test
  void reportsEachViolationOfARecordComponentOnce() {
    assertThat(reports(VALIDATOR.validate(new Component(FAULTY))))
        .containsExactly(PROMPT + " at draft.prompt", URL + " at draft.content[1].image_url.url");
  }

  @Test
  void reportsEachViolationOfAFieldOrAGetterOnce() {
    assertThat(reports(VALIDATOR.validate(new Field())))
        .containsExactly(PROMPT + " at draft.prompt", URL + " at draft.content[1].image_url.url");
    assertThat(reports(VALIDATOR.validate(new Getter())))
        .containsExactly(PROMPT + " at draft.prompt", URL + " at draft.content[1].image_url.url");
  }

  @Test
  void namesEachStepOfAPathWithItsIndex() {
    List<String> nodes = new ArrayList<>();
    VALIDATOR.validate(new Component(FAULTY)).stream()
        .filter(violation -> violation.getMessageTemplate().contains(URL))
        .forEach(
            violation ->
                violation
                    .getPropertyPath()
                    .forEach(node -> nodes.add(node.getName() + " " + node.getIndex())));

    assertThat(nodes).containsExactly("draft null", "content null", "image_url 1", "url null");
  }

  @Test
  void takesNullForValid() {
    assertThat(VALIDATOR.validate(new Component(null))).isEmpty();
    assertThat(VALIDATOR.validate(new Component(Drafts.with()))).isEmpty();
  }

  @Test
  void reportsElementsOfContainersAtTheirIndexes() {
    Elements elements =
        new Elements(
            Arrays.asList(Drafts.with(), FAULTY, null),
            Map.of("k", Drafts.with("prompt", "")),
            Optional.of(Drafts.with("model", "")));

    assertThat(reports(VALIDATOR.validate(elements)))
        .containsExactly(
            "model-required at one.model",
            PROMPT + " at byName[k].<map value>.prompt",
            PROMPT + " at drafts[1].<list element>.prompt",
            URL + " at drafts[1].<list element>.content[1].image_url.url");
  }

  static class Service {
    @ValidGeneration
    public GenerationDraft answer() {
      return FAULTY;
    }

    public void submit(String key, @ValidGeneration GenerationDraft draft) {}

    public void submitAll(List<@ValidGeneration GenerationDraft> drafts) {}

    public List<@ValidGeneration GenerationDraft> answers() {
      return List.of(FAULTY);
    }
  }

  @Test
  void reportsParametersAndReturnValuesOnce() throws NoSuchMethodException {
    Method submit = Service.class.getMethod("submit", String.class, GenerationDraft.class);
    Method submitAll = Service.class.getMethod("submitAll", List.class);
    Method answer = Service.class.getMethod("answer");
    Method answers = Service.class.getMethod("answers");
    var executables = VALIDATOR.forExecutables();

    assertThat(
            reports(
                executables.validateParameters(new Service(), submit, new Object[] {"k", FAULTY})))
        .containsExactly(
            PROMPT + " at submit.draft.prompt", URL + " at submit.draft.content[1].image_url.url");
    assertThat(
            reports(
                executables.validateParameters(
                    new Service(), submitAll, new Object[] {List.of(FAULTY)})))
        .containsExactly(
            PROMPT + " at submitAll.drafts[0].<list element>.prompt",
            URL + " at submitAll.drafts[0].<list element>.content[1].image_url.url");
    assertThat(reports(executables.validateReturnValue(new Service(), answer, FAULTY)))
        .containsExactly(
            PROMPT + " at answer.<return value>.prompt",
            URL + " at answer.<return value>.content[1].image_url.url");
    assertThat(reports(executables.validateReturnValue(new Service(), answers, List.of(FAULTY))))
        .containsExactly(
            PROMPT + " at answers.<return value>[0].<list element>.prompt",
            URL + " at answers.<return value>[0].<list element>.content[1].image_url.url");
  }

  /** A form of a user's own whose properties are the wire's names in camel case. */
  @ValidGeneration
  record ClipForm(
      @NotNull String prompt, List<String> imageUrls, @Nullable Integer inputVideoDuration)
      implements DraftSource {
    @Override
    public GenerationDraft toDraft() {
      return Drafts.with(
          "prompt", prompt, "image_urls", imageUrls, "input_video_duration", inputVideoDuration);
    }
  }

  /** A form whose properties have names of their own. */
  @ValidGeneration(strictness = Strictness.RELAXED)
  record FrameForm(String opening, String ending, String ratio) implements DraftSource {
    @Override
    public GenerationDraft toDraft() {
      return Drafts.with(
          "aspect_ratio",
          ratio,
          "content",
          List.of(
              Drafts.item("image_url", opening, "first_frame"),
              Drafts.item("image_url", ending, "last_frame"),
              Drafts.item("image_url", ending, "last_frame")));
    }

    @Override
    public String propertyOf(String path) {
      return switch (path) {
        case "content[0].image_url.url" -> "opening";
        case "content[1].image_url.url" -> "ending";
        case "content[2].image_url.url" -> "parts[2].images[0].address";
        default -> "";
      };
    }
  }

  @Test
  void reportsAFormsViolationsAtItsProperties() {
    assertThat(reports(VALIDATOR.validate(new ClipForm("\u00a0", List.of(IMAGE, "x"), 3))))
        .containsExactly(
            // it has no field of its own, so it belongs to the form as a whole
            "input-duration-without-video at ", PROMPT + " at prompt", URL + " at imageUrls[1]");
  }

  @Test
  void reportsAFormsViolationsWhereItSays() {
    assertThat(reports(VALIDATOR.validate(new FrameForm("x", "y", "2:1"))))
        .containsExactly(
            "last-frame-repeated at ",
            URL + " at ending",
            URL + " at opening",
            URL + " at parts[2].images[0].address");
  }

  record Holder(List<@Valid ClipForm> forms) {}

  @Test
  void reportsNestedFormsAtTheirWholePath() {
    assertThat(
            reports(
                VALIDATOR.validate(
                    new Holder(
                        List.of(
                            new ClipForm("a cat", List.of(), null),
                            new ClipForm("", List.of("x"), null))))))
        .containsExactly(PROMPT + " at forms[1].prompt", URL + " at forms[1].imageUrls[0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image_urls[2]:imageUrls[2]",
        "input_video_duration:inputVideoDuration",
        "content[0].image_url.url:content[0].imageUrl.url",
        "prompt:prompt",
        "_x:X",
        "x_:x_",
        "a__b:a_b",
        ":"
      })
  void mapsToCamelCaseByDefault(String row) {
    DraftSource source = Drafts::with;
    String[] parts = row.split(":", -1);

    assertThat(source.propertyOf(parts[0])).isEqualTo(parts[1]);
  }

  @NotNull
  @ValidGeneration(strictness = Strictness.RELAXED)
  @Constraint(validatedBy = {})
  @Target({ElementType.FIELD, ElementType.PARAMETER})
  @Retention(RetentionPolicy.RUNTIME)
  @interface OurGeneration {
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
  }

  record Composed(@OurGeneration @Nullable GenerationDraft draft) {}

  @Test
  void isPartOfComposedConstraints() {
    assertThat(reports(VALIDATOR.validate(new Composed(FAULTY))))
        .containsExactly(PROMPT + " at draft.prompt", URL + " at draft.content[1].image_url.url");
    assertThat(VALIDATOR.validate(new Composed(Drafts.with("aspect_ratio", "2:1")))).isEmpty();
    assertThat(VALIDATOR.validate(new Composed(null))).hasSize(1);
  }

  @Test
  void doesNotReportAdvice() {
    GenerationDraft draft = Drafts.with("prompt", "--dur 9", "image_url", "asset://a");

    assertThat(VALIDATOR.validate(new Component(draft))).isEmpty();
  }

  @Test
  void judgesByAnotherCatalogueWhereToldTo() throws IOException {
    List<String> released = new ArrayList<>();
    ConstraintValidatorFactory usual =
        Validation.byDefaultProvider().configure().getDefaultConstraintValidatorFactory();
    ConstraintValidatorFactory watched =
        new ConstraintValidatorFactory() {
          @Override
          public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
            return usual.getInstance(type);
          }

          @Override
          public void releaseInstance(ConstraintValidator<?, ?> instance) {
            released.add(instance.getClass().getSimpleName());
            usual.releaseInstance(instance);
          }
        };
    try (var factory =
        Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .constraintValidatorFactory(
                GenerationValidator.factory(
                    RequestRules.of(Catalogs.with("*.duration.max = 9")), watched))
            .buildValidatorFactory()) {
      Component ten = new Component(Drafts.with("duration", 10));

      assertThat(reports(factory.getValidator().validate(ten)))
          .containsExactly("duration-out-of-range at draft.duration");
      assertThat(VALIDATOR.validate(ten)).isEmpty();
      assertThat(factory.getValidator().validate(new Composed(null))).hasSize(1);
    }
    assertThat(released).isNotEmpty().doesNotContain("GenerationValidator");
  }

  static Stream<String> hostileNames() {
    return Stream.of(
        "",
        ".",
        "..",
        "[",
        "]",
        "[0]",
        "a[99999999999]",
        "a[1234567890]",
        "a[-1]",
        "a[0][1]",
        "a.",
        ".a",
        "a..b",
        "a]b",
        "a[x]",
        "${1+1}",
        "{prompt}",
        "\\{",
        "a\nb",
        "<bean>",
        "\uD800",
        "x".repeat(1_000_000),
        "a.".repeat(500_000),
        "[0]".repeat(300_000));
  }

  @Tag("heavy")
  @ParameterizedTest(name = "{index}")
  @MethodSource("hostileNames")
  void survivesHostileNamesOfFields(String name) {
    Set<ConstraintViolation<Component>> violations =
        VALIDATOR.validate(new Component(Drafts.with(name, 1)));

    assertThat(violations).hasSize(1);
    ConstraintViolation<?> violation = violations.iterator().next();
    String start = name.substring(0, Math.min(20, name.length())).replaceAll("[\n\uD800]", " ");
    assertThat(violation.getPropertyPath().toString())
        .startsWith("draft")
        .contains(start)
        .hasSizeLessThan(300);
    assertThat(violation.getMessage()).isEqualTo("There is no such field; check its spelling.");
  }

  private static Validator validator(Locale locale) {
    return Validation.byDefaultProvider()
        .configure()
        .messageInterpolator(
            new ParameterMessageInterpolator(Set.of(locale), locale, context -> locale, false))
        .buildValidatorFactory()
        .getValidator();
  }

  private static <T> List<String> reports(Set<ConstraintViolation<T>> violations) {
    return violations.stream()
        .map(
            v ->
                v.getMessageTemplate()
                        .replaceAll("^\\{io\\.github\\.seedance4j\\.([a-z-]+)}.*", "$1")
                    + " at "
                    + v.getPropertyPath())
        .sorted()
        .toList();
  }
}
