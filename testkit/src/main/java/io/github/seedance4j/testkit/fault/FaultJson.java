package io.github.seedance4j.testkit.fault;

import io.github.seedance4j.testkit.json.JsonWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Faults as plain JSON trees: {@code {"fault":"drips-answer","every":0.5}}. The name is the
 * record's, its parameters are the record's components, durations in seconds; what is left out has
 * the default of the record's constructor without parameters.
 */
public final class FaultJson {

  private static final Map<String, Class<? extends Fault>> BY_NAME =
      Stream.of(ConnectionFault.class, CreateFault.class, TaskFault.class, FileFault.class)
          .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
          .map(type -> type.<Fault>asSubclass(Fault.class))
          .collect(
              Collectors.toMap(
                  FaultJson::nameOf, type -> type, (one, other) -> one, LinkedHashMap::new));

  private FaultJson() {}

  /** The names of all faults, family by family. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** {@code resets-after-charge}. */
  public static String nameOf(Class<? extends Fault> type) {
    return kebab(type.getSimpleName());
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if there is no such fault or parameter, or a value does not
   *     fit; the message says what there is
   */
  public static Fault read(Map<?, ?> tree) {
    Class<? extends Fault> type = type(tree.get("fault"));
    List<RecordComponent> components = List.of(type.getRecordComponents());
    for (Object field : tree.keySet()) {
      if (!"fault".equals(field)
          && components.stream().noneMatch(one -> wireName(one).equals(field))) {
        throw new IllegalArgumentException(
            field
                + ": "
                + nameOf(type)
                + " takes "
                + (components.isEmpty()
                    ? "nothing"
                    : components.stream().map(FaultJson::wireName).collect(Collectors.joining(", "))
                        + " only"));
      }
    }
    if (components.isEmpty()) {
      return make(type, new Class<?>[0]);
    }
    Fault defaults = defaults(type);
    Object[] values =
        components.stream()
            .map(
                one ->
                    tree.containsKey(wireName(one))
                        ? value(one, tree.get(wireName(one)))
                        : of(one, defaults))
            .toArray();
    return make(
        type, components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new), values);
  }

  private static Class<? extends Fault> type(@Nullable Object name) {
    if (!(name instanceof String typed)) {
      throw new IllegalArgumentException(
          "fault: a name such as \"resets-after-charge\", not " + JsonWriter.write(name));
    }
    Class<? extends Fault> type = BY_NAME.get(typed);
    if (type != null) {
      return type;
    }
    String meant =
        Spelling.nearest(kebab(typed).replace('_', '-'), BY_NAME.keySet())
            .map(near -> "did you mean " + near + "? ")
            .orElse("");
    throw new IllegalArgumentException(
        "fault: there is none of the name "
            + JsonWriter.write(typed)
            + "; "
            + meant
            + "GET /_fake/faults has them all");
  }

  /** The tree of one, all its parameters written out. */
  public static Map<String, @Nullable Object> write(Fault fault) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("fault", nameOf(fault.getClass()));
    for (RecordComponent one : fault.getClass().getRecordComponents()) {
      Object value = of(one, fault);
      if (value instanceof Duration time) {
        value = BigDecimal.valueOf(time.toMillis()).movePointLeft(3).stripTrailingZeros();
      } else if (value instanceof Enum<?> word) {
        value = kebab(word);
      } else if (value instanceof UnaryOperator<?>) {
        value = "by code";
      }
      tree.put(wireName(one), value);
    }
    return tree;
  }

  private static Fault defaults(Class<? extends Fault> type) {
    if (Arrays.stream(type.getConstructors()).noneMatch(one -> one.getParameterCount() == 0)) {
      throw new IllegalArgumentException("fault: " + nameOf(type) + " is to be had in Java only");
    }
    return make(type, new Class<?>[0]);
  }

  private static Fault make(
      Class<? extends Fault> type, Class<?>[] parameters, @Nullable Object... values) {
    try {
      Constructor<? extends Fault> constructor = type.getDeclaredConstructor(parameters);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalArgumentException(nameOf(type) + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object of(RecordComponent component, Fault fault) {
    try {
      return component.getAccessor().invoke(fault);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object value(RecordComponent component, @Nullable Object value) {
    Class<?> type = component.getType();
    if (type == Object.class || (value == null && type == String.class)) {
      return value;
    }
    if (type == int.class && value instanceof BigDecimal number) {
      return whole(component, number, number, Integer.MAX_VALUE).intValue();
    }
    if (type == long.class && value instanceof BigDecimal number) {
      return whole(component, number, number, Long.MAX_VALUE).longValue();
    }
    if (type == Duration.class && value instanceof BigDecimal number) {
      BigDecimal millis = number.movePointRight(3);
      return Duration.ofMillis(
          whole(component, number, millis, Integer.MAX_VALUE * 1_000L).longValue());
    }
    if (type == boolean.class && value instanceof Boolean) {
      return value;
    }
    if ((type == String.class || type == BigDecimal.class) && type.isInstance(value)) {
      return value;
    }
    if (type == Map.class && value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .collect(Collectors.toMap(e -> String.valueOf(e.getKey()), e -> text(e.getValue())));
    }
    if (type.isEnum()) {
      for (Object word : type.getEnumConstants()) {
        if (kebab((Enum<?>) word).equals(value)) {
          return word;
        }
      }
    }
    throw new IllegalArgumentException(
        wireName(component) + ": " + expected(type) + ", not " + JsonWriter.write(value));
  }

  private static BigDecimal whole(
      RecordComponent component, BigDecimal said, BigDecimal number, long most) {
    BigDecimal bound = new BigDecimal(most);
    if (number.abs().compareTo(bound) > 0 || number.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          wireName(component)
              + ": "
              + (component.getType() == Duration.class ? "seconds, to the millisecond" : "whole")
              + ", not "
              + JsonWriter.write(said));
    }
    return number;
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(word -> JsonWriter.write(kebab((Enum<?>) word)))
              .collect(Collectors.joining(", "));
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return type == Map.class ? "an object" : "a number";
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  /** As the rest of the wire has it: {@code retry_after}. */
  private static String wireName(RecordComponent component) {
    return kebab(component.getName()).replace('-', '_');
  }

  private static String kebab(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String kebab(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
