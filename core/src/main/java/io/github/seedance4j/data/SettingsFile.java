package io.github.seedance4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A properties file of settings by model: {@code MODEL.setting = value}, with {@code *.setting} for
 * every model that has no line of its own, and plain {@code setting} for the file as a whole. A key
 * that is named twice or that nobody asked for is an error: a typo in a price must not go unseen.
 */
public final class SettingsFile {

  private final String name;
  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> unread = new HashSet<>();

  private SettingsFile(String name) {
    this.name = name;
  }

  /**
   * Reads all of a file.
   *
   * @param name how messages call it
   * @throws IllegalArgumentException if a key is repeated or a line can't be read
   */
  public static SettingsFile read(String name, Reader reader) throws IOException {
    SettingsFile file = new SettingsFile(name);
    new Properties() {
      @Override
      public synchronized @Nullable Object put(Object key, Object value) {
        if (file.values.put((String) key, ((String) value).strip()) != null) {
          throw new IllegalArgumentException(name + ": '" + key + "' is there twice");
        }
        return null;
      }
    }.load(reader);
    file.unread.addAll(file.values.keySet());
    return file;
  }

  /** Reads a file that ships with the library. */
  public static SettingsFile ofResource(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + resource);
      }
      return read(resource, new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A setting of the file as a whole. */
  public String required(String setting) {
    return take(setting).orElseThrow(() -> missing(setting));
  }

  /** A model's setting: its own line, else the line for all models. */
  public Optional<String> find(String model, String setting) {
    Optional<String> common = take("*." + setting);
    return take(model + "." + setting).or(() -> common);
  }

  public String required(String model, String setting) {
    return find(model, setting).orElseThrow(() -> missing(model + "." + setting));
  }

  /** An exact decimal that is not negative. */
  public BigDecimal decimal(String model, String setting) {
    return decimalOf(model + "." + setting, required(model, setting));
  }

  /** A whole number that is not negative. */
  public int whole(String model, String setting) {
    String text = required(model, setting);
    if (!text.matches("\\d{1,9}")) {
      throw bad(model + "." + setting, text, "a whole number such as 3");
    }
    return Integer.parseInt(text);
  }

  /** A whole number above zero. */
  public int positive(String model, String setting) {
    int number = whole(model, setting);
    if (number == 0) {
      throw bad(model + "." + setting, "0", "a whole number above zero");
    }
    return number;
  }

  /** The constant whose name, in lower case, is that word. */
  public <E extends Enum<E>> E word(String key, String word, E[] constants) {
    for (E constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw bad(key, word, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT));
  }

  /** The ids under {@code models}: what the file is about. */
  public List<String> models() {
    String value = required("models");
    List<String> ids = split(value);
    if (ids.isEmpty() || Set.copyOf(ids).size() < ids.size()) {
      throw bad("models", value, "at least one id, and none twice");
    }
    return ids;
  }

  /** At least one word, between commas. */
  public List<String> list(String model, String setting) {
    String value = required(model, setting);
    List<String> words = split(value);
    if (words.isEmpty()) {
      throw bad(model + "." + setting, value, "at least one");
    }
    return words;
  }

  /** The model's settings whose names begin so, without that beginning; own lines win. */
  public Map<String, String> group(String model, String prefix) {
    Map<String, String> group = new TreeMap<>();
    for (String owner : List.of("*", model)) {
      String start = owner + "." + prefix;
      values.forEach(
          (key, value) -> {
            if (key.startsWith(start)) {
              unread.remove(key);
              group.put(key.substring(start.length()), value);
            }
          });
    }
    return group;
  }

  /** Says so if a line was never asked for. */
  public void refuseUnread() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": not a setting: " + String.join(", ", new TreeSet<>(unread)));
    }
  }

  /** An error at that key. */
  public IllegalArgumentException bad(String key, String value, String wanted) {
    return new IllegalArgumentException(name + ": " + key + " = '" + value + "', wanted " + wanted);
  }

  /** The parts between commas. */
  public static List<String> split(String value) {
    return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** An exact decimal that is not negative. */
  public BigDecimal decimalOf(String key, String text) {
    // plain digits only: an exponent in a price is more likely a slip than a wish
    if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
      throw bad(key, text, "a decimal such as 0.12");
    }
    return new BigDecimal(text);
  }

  private Optional<String> take(String key) {
    unread.remove(key);
    return Optional.ofNullable(values.get(key));
  }

  private IllegalArgumentException missing(String key) {
    return new IllegalArgumentException(name + ": '" + key + "' is missing");
  }
}
