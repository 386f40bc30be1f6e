package io.github.seedance4j.adapter.rest.form;

import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationValidator;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Judges forms, with texts in English, French and Chinese. One for the life of a gateway, since the
 * first one in a process takes a third of a second. Thread-safe.
 */
public final class Forms {

  private static final Set<Locale> LANGUAGES =
      Set.of(Locale.ENGLISH, Locale.FRENCH, Locale.CHINESE);

  /** The template of a rule's text begins with its code. */
  private static final Pattern RULE =
      Pattern.compile("\\{io\\.github\\.seedance4j\\.([a-z-]+)}.*", Pattern.DOTALL);

  /** The message of a constraint across fields begins with the field. */
  private static final Pattern NAMED = Pattern.compile("([a-z_]+): (.*)", Pattern.DOTALL);

  private static final Pattern HUMP = Pattern.compile("([a-z])([A-Z])");
  private static final Map<String, String> CODES =
      Map.of(
          "NotBlank", "field-required",
          "Pattern", "value-unknown",
          "Min", "number-out-of-range",
          "Max", "number-out-of-range",
          "AssertTrue", "field-required");

  private final Strictness strictness;
  private final Map<Locale, Validator> validators = new HashMap<>();

  public Forms(ModelCatalog catalog, Strictness strictness) {
    this.strictness = strictness;
    RequestRules rules = RequestRules.of(catalog);
    for (Locale language : LANGUAGES) {
      var configuration = Validation.byProvider(HibernateValidator.class).configure();
      try (ValidatorFactory factory =
          configuration
              .constraintValidatorFactory(
                  GenerationValidator.factory(
                      rules, configuration.getDefaultConstraintValidatorFactory()))
              .messageInterpolator(
                  new ParameterMessageInterpolator(LANGUAGES, language, context -> language, false))
              .buildValidatorFactory()) {
        validators.put(language, factory.getValidator());
      }
    }
  }

  /**
   * Requires that the rules accept a generation.
   *
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal with every violation at once
   */
  public void require(GenerationDraft draft, Locale language) {
    require(
        (Object) (strictness == Strictness.STRICT ? new StrictForm(draft) : new RelaxedForm(draft)),
        language);
  }

  /** As above, of any other form. */
  public void require(Object form, Locale language) {
    Validator validator = validators.getOrDefault(language, validators.get(Locale.ENGLISH));
    if (validator == null) {
      throw new IllegalStateException("no validator for " + language);
    }
    List<Problem.Violation> violations = new ArrayList<>();
    validator.validate(form).forEach(violation -> violations.add(read(violation)));
    if (!violations.isEmpty()) {
      throw Problem.of(violations).refusal();
    }
  }

  private static Problem.Violation read(ConstraintViolation<Object> violation) {
    String text = violation.getMessage();
    Matcher rule = RULE.matcher(violation.getMessageTemplate());
    if (rule.matches()) {
      return new Problem.Violation(rule.group(1), violation.getPropertyPath().toString(), text);
    }
    String constraint =
        violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
    String code = CODES.getOrDefault(constraint, "value-unknown");
    Matcher named = NAMED.matcher(text);
    if (constraint.equals("AssertTrue") && named.matches()) {
      return new Problem.Violation(code, named.group(1), named.group(2));
    }
    String path = HUMP.matcher(violation.getPropertyPath().toString()).replaceAll("$1_$2");
    return new Problem.Violation(code, path.toLowerCase(Locale.ROOT), text);
  }
}
