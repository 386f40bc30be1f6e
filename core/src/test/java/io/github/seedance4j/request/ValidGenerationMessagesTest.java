package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader of {@link ValidGeneration}'s violations gets to see. */
class ValidGenerationMessagesTest {

  private static final Validator VALIDATOR = validator(Locale.ENGLISH);

  record Component(@ValidGeneration GenerationDraft draft) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${1+1}",
        "{foo}",
        "\\{",
        "\\",
        "\\\\",
        "$",
        "${",
        "}",
        "{",
        "{io.github.seedance4j.given}",
        "\\${x}",
        "$\\{x}",
        "{{x}}",
        "a\\"
      })
  void showsValuesLiterally(String value) {
    Component form = new Component(Drafts.with("resolution", value));

    String expected =
        "The model does not offer this resolution. Given: " + value + ". Allowed: 720p, 480p.";
    assertThat(VALIDATOR.validate(form))
        .extracting(ConstraintViolation::getMessage)
        .containsExactly(expected);
    Finding finding =
        RequestRules.of(ModelCatalog.tokenHub()).judge(form.draft()).violations().get(0);
    assertThat(finding.message(Locale.ENGLISH)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void hasTheSameTextsAsFindings(Rule rule) {
    for (Locale locale :
        List.of(
            Locale.ENGLISH,
            Locale.FRENCH,
            Locale.SIMPLIFIED_CHINESE,
            Locale.CANADA_FRENCH,
            Locale.GERMAN)) {
      Finding finding = new Finding(rule, "", "é猫", null);
      String text =
          new ParameterMessageInterpolator(Set.of(), locale, context -> locale, false)
              .interpolate(GenerationValidator.template(finding), new EmptyContext(), locale);

      assertThat(text).isEqualTo(finding.message(locale));
    }
  }

  @Test
  void reportsInTheReadersLanguage() {
    Component form = new Component(Drafts.with("duration", 20));

    assertThat(validator(Locale.FRENCH).validate(form))
        .extracting(ConstraintViolation::getMessage)
        .containsExactly(
            "La durée en secondes est hors limites. Valeur donnée : 20. Valeurs admises : 4–15.");
    assertThat(validator(Locale.SIMPLIFIED_CHINESE).validate(form))
        .extracting(ConstraintViolation::getMessage)
        .containsExactly("时长（秒）超出范围。 给出：20。 允许：4–15。");
  }

  private static final class EmptyContext implements MessageInterpolator.Context {
    @Override
    public jakarta.validation.metadata.ConstraintDescriptor<?> getConstraintDescriptor() {
      return VALIDATOR
          .getConstraintsForClass(Component.class)
          .getConstraintsForProperty("draft")
          .getConstraintDescriptors()
          .iterator()
          .next();
    }

    @Override
    public @Nullable Object getValidatedValue() {
      return null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new UnsupportedOperationException(type.getName());
    }
  }

  private static Validator validator(Locale locale) {
    return Validation.byDefaultProvider()
        .configure()
        .messageInterpolator(
            new ParameterMessageInterpolator(Set.of(locale), locale, context -> locale, false))
        .buildValidatorFactory()
        .getValidator();
  }
}
