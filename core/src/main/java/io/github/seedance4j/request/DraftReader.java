package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a plain tree into a draft and collects every reason why a part of it can't be read. */
final class DraftReader {

  /** Beyond these a number is no length of a video, and arithmetic on it may take minutes. */
  private static final int MOST_DECIMALS = 3;

  private static final BigDecimal TOO_LARGE = BigDecimal.valueOf(1_000_000);
  private static final int DEEPEST_EXTRA = 16;
  private static final int LONGEST_EXTRA_NUMBER = 40;

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
    WireField field = WireField.of(name).orElse(null);
    if (field == null && !allowedExtras.contains(name)) {
      problem(Rule.FIELD_UNKNOWN, name);
    } else if (isPresent(value, name)) {
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
    if (!(value instanceof Number number)) {
      return mistyped(value, path);
    }
    BigDecimal plain = decimal(number);
    if (plain == null) {
      return unusable(number, path);
    }
    // scale and precision tell the size without any arithmetic
    boolean tooFine = plain.scale() > MOST_DECIMALS;
    boolean tooLarge = (long) plain.precision() - plain.scale() > TOO_LARGE.precision();
    if (tooFine || tooLarge || plain.abs().compareTo(TOO_LARGE) >= 0) {
      return unusable(number, path);
    }
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  /** The number without trailing zeros; null when it is not finite. */
  private static @Nullable BigDecimal decimal(Number number) {
    try {
      return (number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString()))
          .stripTrailingZeros();
    } catch (NumberFormatException notFinite) {
      return null;
    }
  }

  private @Nullable ContentItem item(@Nullable Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      return mistyped(value, path);
    }
    Map<MediaKind, String> urls = new java.util.EnumMap<>(MediaKind.class);
    String[] type = new String[1];
    String[] role = new String[1];
    List<MediaKind> objects = new ArrayList<>();
    map.forEach(
        (key, entry) -> {
          String name = String.valueOf(key);
          String at = path + "." + name;
          MediaKind kind = MediaKind.ofType(name).orElse(null);
          if (kind == null && !name.equals("type") && !name.equals("role")) {
            problem(Rule.FIELD_UNKNOWN, at);
          } else if (isPresent(entry, at)) {
            if (kind != null) {
              objects.add(kind);
              String url = mediaObject(entry, at);
              if (url != null) {
                urls.put(kind, url);
              }
            } else {
              (name.equals("type") ? type : role)[0] = text(entry, at);
            }
          }
        });
    MediaKind own = type[0] == null ? null : MediaKind.ofType(type[0]).orElse(null);
    if (own != null && objects.contains(own)) {
      // a second medium in one item would be sent, yet neither counted nor priced
      objects.stream()
          .filter(kind -> kind != own)
          .forEach(stray -> problem(Rule.FIELD_UNKNOWN, path + "." + stray.singular()));
    }
    return new ContentItem(type[0], own == null ? null : urls.get(own), role[0]);
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
          if (!"url".equals(key)) {
            problem(Rule.FIELD_UNKNOWN, at);
          } else if (isPresent(entry, at)) {
            url[0] = text(entry, at);
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
      String at = path + "[" + index++ + "]";
      T part = entry == GenerationDraft.REPEATED ? null : partReader.read(entry, at);
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
      BigDecimal decimal = decimal(number);
      boolean sober =
          decimal != null
              && decimal.precision() <= LONGEST_EXTRA_NUMBER
              && Math.abs((long) decimal.scale()) <= LONGEST_EXTRA_NUMBER;
      return sober ? decimal : unusable(number, path);
    }
    if (value instanceof List<?> list && depth < DEEPEST_EXTRA) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(entry -> copy.add(extra(entry, path + "[" + copy.size() + "]", depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map<?, ?> map && depth < DEEPEST_EXTRA) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach(
          (key, entry) -> {
            String at = path + "." + key;
            if (entry == GenerationDraft.REPEATED) {
              problem(Rule.FIELD_REPEATED, at);
            } else {
              copy.put(String.valueOf(key), extra(entry, at, depth + 1));
            }
          });
      return Collections.unmodifiableMap(copy);
    }
    return mistyped(value, path);
  }

  private boolean isPresent(@Nullable Object value, String path) {
    if (value == GenerationDraft.REPEATED) {
      problem(Rule.FIELD_REPEATED, path);
      return false;
    }
    return value != null;
  }

  private <T> @Nullable T mistyped(@Nullable Object value, String path) {
    problems.add(new Finding(Rule.FIELD_TYPE, path, kindOf(value), null));
    return null;
  }

  private <T> @Nullable T unusable(Number number, String path) {
    problems.add(new Finding(Rule.NUMBER_UNUSABLE, path, number.toString(), null));
    return null;
  }

  private void problem(Rule rule, String path) {
    problems.add(Finding.of(rule, path));
  }

  private static String kindOf(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return "{…}";
    }
    if (value instanceof List<?>) {
      return "[…]";
    }
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }

  /** Reads one entry of a list; null when it can't. */
  private interface PartReader<T> {
    @Nullable T read(@Nullable Object value, String path);
  }
}
