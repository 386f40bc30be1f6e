package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a plain tree into a draft and collects every reason why a part of it can't be read. */
final class DraftReader {

  /** Beyond these a number is no length of a video, and arithmetic on it may take minutes. */
  private static final int MOST_DIGITS = 6;

  private static final int MOST_DECIMALS = 3;

  private static final int DEEPEST_EXTRA = 16;
  private static final int MOST_EXTRA_DIGITS = 40;

  /** More than the thousand digits that JSON readers let through: not even looked at. */
  private static final int MOST_BITS = 4096;

  private final Set<String> allowedExtras;
  private final List<Finding> problems = new ArrayList<>();
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> extras = new LinkedHashMap<>();

  DraftReader(Set<String> allowedExtras) {
    this.allowedExtras = allowedExtras;
  }

  GenerationDraft read(Map<?, ?> tree) {
    tree.forEach((key, value) -> field(String.valueOf(key), value));
    return new GenerationDraft(
        Collections.unmodifiableMap(fields), Collections.unmodifiableMap(extras), problems);
  }

  private void field(String name, @Nullable Object value) {
    if (value == null) {
      return; // absent, whatever its name
    }
    WireField field = WireField.of(name).orElse(null);
    if (field == null && !allowedExtras.contains(name)) {
      problem(Rule.FIELD_UNKNOWN, name);
    } else {
      Object read = field == null ? extra(value, name, 0) : typed(field.type(), value, name);
      if (read != null) {
        (field == null ? extras : fields).put(name, read);
      }
    }
  }

  /** The value as the field's type; null when it can't be read or is an absent list. */
  private @Nullable Object typed(WireField.Type type, Object value, String path) {
    return switch (type) {
      case TEXT -> text(value, path);
      case NUMBER -> number(value, path);
      case FLAG -> value instanceof Boolean ? value : mistyped(value, path);
      case TEXTS -> list(value, path, this::text);
      case NUMBERS -> list(value, path, this::number);
      case ITEMS -> list(value, path, this::item);
    };
  }

  private @Nullable String text(@Nullable Object value, String path) {
    return value instanceof String text ? text : mistyped(value, path);
  }

  private @Nullable BigDecimal number(@Nullable Object value, String path) {
    return value instanceof Number number
        ? usable(number, MOST_DIGITS, MOST_DECIMALS, path)
        : mistyped(value, path);
  }

  /** The number, if it has at most so many digits before and behind its point. */
  private @Nullable BigDecimal usable(Number number, int digits, int decimals, String path) {
    BigDecimal exact = exact(number);
    if (exact != null) {
      if (exact.signum() == 0) {
        return BigDecimal.ZERO;
      }
      // precision and scale tell the size without any arithmetic
      if (!isLong(exact) && (long) exact.precision() - exact.scale() <= digits) {
        BigDecimal shortest = exact.stripTrailingZeros();
        if (shortest.scale() <= decimals) {
          return shortest.setScale(Math.max(0, shortest.scale()));
        }
      }
    }
    problems.add(new Finding(Rule.NUMBER_UNUSABLE, path, shown(number), null));
    return null;
  }

  /** Null when it is not finite. */
  private static @Nullable BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException notFinite) {
      return null;
    }
  }

  private static boolean isLong(BigDecimal number) {
    return number.unscaledValue().bitLength() > MOST_BITS;
  }

  private @Nullable ContentItem item(@Nullable Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      return mistyped(value, path);
    }
    Map<MediaKind, Optional<String>> objects = new EnumMap<>(MediaKind.class);
    Map<String, @Nullable String> words = new HashMap<>();
    map.forEach(
        (key, entry) -> {
          String name = String.valueOf(key);
          String at = path + "." + name;
          MediaKind kind = MediaKind.ofType(name).orElse(null);
          if (entry == null) {
            return;
          }
          if (kind != null) {
            objects.put(kind, Optional.ofNullable(mediaObject(entry, at)));
          } else if (name.equals("type") || name.equals("role")) {
            words.put(name, text(entry, at));
          } else {
            problem(Rule.FIELD_UNKNOWN, at);
          }
        });
    String type = words.get("type");
    MediaKind own = type == null ? null : MediaKind.ofType(type).orElse(null);
    String url = null;
    if (own != null && objects.containsKey(own)) {
      url = objects.remove(own).orElse(null);
      // a second medium in one item would be sent, yet neither counted nor priced
      objects.keySet().forEach(stray -> problem(Rule.FIELD_UNKNOWN, path + "." + stray.singular()));
    }
    return new ContentItem(type, url, words.get("role"));
  }

  /** The URL in an object such as {@code {"url": …}}; null when there is none to read. */
  private @Nullable String mediaObject(Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      return mistyped(value, path);
    }
    String[] url = new String[1];
    map.forEach(
        (key, entry) -> {
          String at = path + "." + key;
          if ("url".equals(key) && entry != null) {
            url[0] = text(entry, at);
          } else if (entry != null) {
            problem(Rule.FIELD_UNKNOWN, at);
          }
        });
    return url[0];
  }

  private <T> @Nullable List<T> list(Object value, String path, PartReader<T> partReader) {
    if (!(value instanceof List<?> list)) {
      return mistyped(value, path);
    }
    List<T> read = new ArrayList<>();
    int index = 0;
    for (Object entry : list) {
      T part = partReader.read(entry, path + "[" + index++ + "]");
      if (part != null) {
        read.add(part);
      }
    }
    return read.isEmpty() ? null : List.copyOf(read);
  }

  /** A deep copy of what is sent as it is, refusing what no JSON could say. */
  private @Nullable Object extra(@Nullable Object value, String path, int depth) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return usable(number, MOST_EXTRA_DIGITS, MOST_EXTRA_DIGITS, path);
    }
    if (value instanceof List<?> list && depth < DEEPEST_EXTRA) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(entry -> copy.add(extra(entry, path + "[" + copy.size() + "]", depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map<?, ?> map && depth < DEEPEST_EXTRA) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach(
          (key, entry) -> copy.put(String.valueOf(key), extra(entry, path + "." + key, depth + 1)));
      return Collections.unmodifiableMap(copy);
    }
    return mistyped(value, path);
  }

  /** Notes what is wrong with a value that is not of its field's type. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // it is always null
  private <T> @Nullable T mistyped(@Nullable Object value, String path) {
    problems.add(
        value == GenerationDraft.REPEATED
            ? Finding.of(Rule.FIELD_REPEATED, path)
            : new Finding(Rule.FIELD_TYPE, path, shown(value), null));
    return null;
  }

  private void problem(Rule rule, String path) {
    problems.add(Finding.of(rule, path));
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return "{…}";
    }
    if (value instanceof List<?>) {
      return "[…]";
    }
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    if (value instanceof Number number) {
      BigDecimal exact = exact(number);
      return exact != null && isLong(exact) ? "(a number of very many digits)" : number.toString();
    }
    return String.valueOf(value);
  }

  /** Reads one entry of a list; null when it can't. */
  private interface PartReader<T> {
    @Nullable T read(@Nullable Object value, String path);
  }
}
