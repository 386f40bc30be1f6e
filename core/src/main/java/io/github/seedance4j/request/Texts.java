package io.github.seedance4j.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts for people, from the very files that validation providers read too. Not by way of
 * {@link java.util.ResourceBundle}: as a named module we could not keep it from falling back to the
 * machine's own language.
 */
final class Texts {

  /** Languages with a file of their own; all others get English. */
  static final Set<String> TRANSLATIONS = Set.of("fr", "zh");

  private static final String PREFIX = "io.github.seedance4j.";
  private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

  private Texts() {}

  /** The whole key of a text. */
  static String key(String name) {
    return PREFIX + name;
  }

  static String get(String name, Locale locale) {
    String language = TRANSLATIONS.contains(locale.getLanguage()) ? locale.getLanguage() : "";
    return Objects.requireNonNull(
        FILES.computeIfAbsent(language, Texts::read).getProperty(key(name)), name);
  }

  private static Properties read(String language) {
    String file =
        "/ContributorValidationMessages"
            + (language.isEmpty() ? "" : "_" + language)
            + ".properties";
    try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(file), file)) {
      Properties texts = new Properties();
      texts.load(in);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
