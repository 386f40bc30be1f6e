package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The worked cases of the rules, through the rules themselves and through Jakarta Validation. */
class ConformanceTest {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());
  private static final Tariff TARIFF = Tariff.tokenHub();
  private static final Validator VALIDATOR = validator();

  private record Strict(@ValidGeneration GenerationDraft draft) {}

  private record Relaxed(@ValidGeneration(strictness = Strictness.RELAXED) GenerationDraft draft) {}

  @Test
  void holdsEveryWorkedCase() {
    assertThat(ConformanceCase.all())
        .hasSize(467)
        .extracting(ConformanceCase::id)
        .doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> judgesAndQuotes() {
    return ConformanceCase.all()
        .map(c -> DynamicTest.dynamicTest(c.id() + " by the rules", () -> judgesAndQuotes(c)));
  }

  @TestFactory
  Stream<DynamicTest> validates() {
    return ConformanceCase.all()
        .map(c -> DynamicTest.dynamicTest(c.id() + " by @ValidGeneration", () -> validates(c)));
  }

  private static void judgesAndQuotes(ConformanceCase expected) {
    Verdict verdict = RULES.judge(expected.draft(), expected.strictness());

    assertThat(ConformanceCase.entries(verdict.violations())).isEqualTo(expected.violations());
    assertThat(ConformanceCase.entries(verdict.advice())).isEqualTo(expected.advice());
    Optional<Quote> quote = verdict.request().map(TARIFF::quote);
    assertThat(quote.map(q -> Map.of("low", q.low().plain(), "high", q.high().plain())))
        .isEqualTo(expected.quote());
    quote.ifPresent(q -> assertThat(q.high().currency().getCurrencyCode()).isEqualTo("USD"));
  }

  private static void validates(ConformanceCase expected) {
    Object form =
        expected.strictness() == Strictness.RELAXED
            ? new Relaxed(expected.draft())
            : new Strict(expected.draft());

    List<String> reported =
        VALIDATOR.validate(form).stream()
            .map(v -> code(v.getMessageTemplate()) + " at " + v.getPropertyPath())
            .sorted()
            .toList();

    assertThat(reported)
        .isEqualTo(expected.violations().stream().map(ConformanceTest::reportOf).sorted().toList());
  }

  /** What a validator is to report for an entry: rules about one field are shown at that field. */
  private static String reportOf(String entry) {
    String code = entry.replaceFirst(":.*", "");
    String path =
        code.equals(entry)
            ? Rule.ofCode(code).orElseThrow().homeField()
            : entry.substring(code.length() + 1);
    return code + " at draft" + (path.isEmpty() ? "" : "." + path);
  }

  private static String code(String template) {
    assertThat(template).matches("(?s)\\{io\\.github\\.seedance4j\\.[a-z-]+}.*");
    return template.substring("{io.github.seedance4j.".length(), template.indexOf('}'));
  }

  private static Validator validator() {
    return Validation.byDefaultProvider()
        .configure()
        .messageInterpolator(new ParameterMessageInterpolator())
        .buildValidatorFactory()
        .getValidator();
  }
}
