package io.github.seedance4j.request;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The request rules as a Jakarta Validation constraint, on drafts, on parameters, and on users' own
 * types that are a {@link DraftSource}. Each violation is reported at its own property, with {@code
 * {io.github.seedance4j.CODE}} in its message template; advice is not reported. Null is valid.
 *
 * <p>Judges by {@link ModelCatalog#tokenHub()} unless the validator is built with {@link
 * GenerationValidator#factory}.
 */
@Documented
@Constraint(validatedBy = GenerationValidator.class)
@Target({
  ElementType.TYPE,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.TYPE_USE,
  ElementType.ANNOTATION_TYPE
})
@Retention(RetentionPolicy.RUNTIME)
public @interface ValidGeneration {

  /** Not used as such: each violation brings its own. */
  String message() default "{io.github.seedance4j.invalid}";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** What to do about rules that are only assumed. */
  Strictness strictness() default Strictness.STRICT;
}
