package io.github.seedance4j.adapter.store;

import io.github.seedance4j.pricing.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a parsed JSON object strictly: what is missing or of another type is named. */
final class JsonTree {

  private final Map<?, ?> map;

  JsonTree(Map<?, ?> map) {
    this.map = map;
  }

  Map<?, ?> asMap() {
    return map;
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  String text(String name) {
    return typed(name, String.class);
  }

  @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  boolean flag(String name) {
    return typed(name, Boolean.class);
  }

  long whole(String name) {
    Number number = typed(name, Number.class);
    if (number instanceof Integer || number instanceof Long) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name + ": no whole number");
  }

  BigDecimal decimal(String name) {
    return new BigDecimal(text(name));
  }

  /** Written as {@code 3.00 USD}. */
  Money money(String name) {
    String text = text(name);
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException(name + ": no amount with its currency");
    }
    return Money.of(text.substring(0, space), text.substring(space + 1));
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  @Nullable Instant instantOrNull(String name) {
    return has(name) ? instant(name) : null;
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return Enum.valueOf(type, text(name));
  }

  JsonTree object(String name) {
    return new JsonTree(typed(name, Map.class));
  }

  List<?> list(String name) {
    return typed(name, List.class);
  }

  List<JsonTree> objects(String name) {
    List<JsonTree> objects = new ArrayList<>();
    for (Object entry : list(name)) {
      if (!(entry instanceof Map<?, ?> object)) {
        throw new IllegalArgumentException(name + ": no list of objects");
      }
      objects.add(new JsonTree(object));
    }
    return objects;
  }

  private <T> T typed(String name, Class<T> type) {
    Object value = map.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(name + ": missing, or no " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
