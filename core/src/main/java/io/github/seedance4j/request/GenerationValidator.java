package io.github.seedance4j.request;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.LeafNodeBuilderCustomizableContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.NodeBuilderCustomizableContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.NodeBuilderDefinedContext;
import jakarta.validation.ConstraintValidatorFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges whatever is annotated with {@link ValidGeneration} by {@link RequestRules}. Thread-safe.
 */
public final class GenerationValidator
    implements ConstraintValidator<ValidGeneration, DraftSource> {

  private static final Pattern STEP =
      Pattern.compile("([^.\\[\\]]+)(?:\\[([0-9]{1,9})])?(?:\\.|\\z)");
  private static final Pattern PATH = Pattern.compile("(?:" + STEP + ")+(?<!\\.)");

  private static final class TokenHubRules {
    static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());
  }

  private final RequestRules rules;
  private Strictness strictness = Strictness.STRICT;

  /** For validation providers: judges by TokenHub's catalogue. */
  public GenerationValidator() {
    this(TokenHubRules.RULES);
  }

  /** For containers that create validators themselves. */
  public GenerationValidator(RequestRules rules) {
    this.rules = rules;
  }

  /**
   * A factory to configure a validator with, so that it judges by other rules: {@code
   * configure().constraintValidatorFactory(GenerationValidator.factory(rules, usual))}.
   *
   * @param usual what creates all other constraint validators
   */
  public static ConstraintValidatorFactory factory(
      RequestRules rules, ConstraintValidatorFactory usual) {
    return new ConstraintValidatorFactory() {
      @Override
      public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
        return type == GenerationValidator.class
            ? type.cast(new GenerationValidator(rules))
            : usual.getInstance(type);
      }

      @Override
      public void releaseInstance(ConstraintValidator<?, ?> instance) {
        if (!(instance instanceof GenerationValidator)) {
          usual.releaseInstance(instance);
        }
      }
    };
  }

  @Override
  public void initialize(ValidGeneration annotation) {
    strictness = annotation.strictness();
  }

  @Override
  public boolean isValid(@Nullable DraftSource source, ConstraintValidatorContext context) {
    if (source == null) {
      return true;
    }
    Verdict verdict = rules.judge(source.toDraft(), strictness);
    context.disableDefaultConstraintViolation();
    verdict
        .violations()
        .forEach(finding -> report(context, template(finding), source.propertyOf(finding.field())));
    return verdict.violations().isEmpty();
  }

  private static void report(ConstraintValidatorContext context, String template, String where) {
    ConstraintViolationBuilder violation = context.buildConstraintViolationWithTemplate(template);
    if (where.isEmpty()) {
      violation.addConstraintViolation();
      return;
    }
    if (!PATH.matcher(where).matches()) { // a hostile field's name: kept in one piece
      violation.addPropertyNode(where).addConstraintViolation();
      return;
    }
    Matcher step = STEP.matcher(where);
    // an index belongs to the node after the list: list[1].name is "list", then "name" at 1
    Function<String, NodeBuilderCustomizableContext> property = violation::addPropertyNode;
    Supplier<LeafNodeBuilderCustomizableContext> bean = violation::addBeanNode;
    Runnable end = violation::addConstraintViolation;
    Integer index = null;
    while (step.find()) {
      NodeBuilderCustomizableContext node = property.apply(step.group(1));
      if (index == null) {
        property = node::addPropertyNode;
        bean = node::addBeanNode;
        end = node::addConstraintViolation;
      } else {
        NodeBuilderDefinedContext indexed = node.inIterable().atIndex(index);
        property = indexed::addPropertyNode;
        bean = indexed::addBeanNode;
        end = indexed::addConstraintViolation;
      }
      index = step.group(2) == null ? null : Integer.valueOf(step.group(2));
    }
    if (index == null) {
      end.run();
    } else {
      bean.get().inIterable().atIndex(index).addConstraintViolation();
    }
  }

  /** Texts from the bundle, values as literals: nothing a caller wrote is ever evaluated. */
  static String template(Finding finding) {
    StringBuilder template = new StringBuilder("{" + Texts.key(finding.rule().code()) + "}");
    appendDetail(template, "given", finding.given());
    appendDetail(template, "allowed", finding.allowed());
    return template.toString();
  }

  private static void appendDetail(StringBuilder template, String key, @Nullable String value) {
    if (value != null) {
      template
          .append(" {")
          .append(Texts.key(key))
          .append("}")
          .append(value.replaceAll("([\\\\{}$])", "\\\\$1"))
          .append("{")
          .append(Texts.key("end"))
          .append("}");
    }
  }
}
