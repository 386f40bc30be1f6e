package io.github.seedance4j.testkit.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;

/** The rules of a contract, as its methods say. */
final class Rules {

  private Rules() {}

  /** The methods that are rules, by number. */
  static Map<String, Method> of(Class<?> contract) {
    return Arrays.stream(contract.getMethods())
        .filter(method -> method.isAnnotationPresent(DisplayName.class))
        .collect(
            Collectors.toMap(
                Rules::number,
                Function.identity(),
                (one, other) -> {
                  throw new IllegalStateException("one number for " + one + " and " + other);
                },
                TreeMap::new));
  }

  static String number(Method rule) {
    return rule.getAnnotation(DisplayName.class).value().substring(0, 3);
  }

  static String title(Method rule) {
    return rule.getAnnotation(DisplayName.class).value().substring(4);
  }
}
