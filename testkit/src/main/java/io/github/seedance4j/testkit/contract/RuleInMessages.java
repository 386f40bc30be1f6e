package io.github.seedance4j.testkit.contract;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Has every failure of a rule begin with its number and title and end with what was played last:
 * build tools print messages, and no display names. Tests that are no rules are left alone.
 */
final class RuleInMessages implements InvocationInterceptor {

  private static final Pattern RULE = Pattern.compile("[PFJKR]\\d\\d .+");

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> call,
      ExtensionContext context)
      throws Throwable {
    DisplayName name = call.getExecutable().getAnnotation(DisplayName.class);
    if (name == null || !RULE.matcher(name.value()).matches()) {
      invocation.proceed();
      return;
    }
    Played played = new Played();
    Played before = Played.replace(played);
    try {
      invocation.proceed();
    } catch (Throwable thrown) { // whatever a subject throws fails its rule
      throw isNoFailure(thrown) ? thrown : failure(name.value(), played, thrown);
    } finally {
      Played.replace(before);
    }
  }

  /** A rule that is skipped, or a virtual machine that is at its end. */
  private static boolean isNoFailure(Throwable thrown) {
    // by its name: the class is JUnit's, but in a library of its own
    return thrown instanceof OutOfMemoryError
        || thrown.getClass().getName().equals("org.opentest4j.TestAbortedException");
  }

  private static AssertionError failure(String rule, Played played, Throwable thrown) {
    boolean judged = thrown instanceof AssertionError;
    String what =
        judged ? Objects.requireNonNullElse(thrown.getMessage(), "failed") : "throws " + thrown;
    @Nullable Throwable cause = judged ? thrown.getCause() : thrown;
    AssertionError failure = new AssertionError(played.toldWith(rule + ": " + what.strip()), cause);
    failure.setStackTrace(thrown.getStackTrace());
    for (Throwable each : thrown.getSuppressed()) {
      failure.addSuppressed(each);
    }
    return failure;
  }
}
