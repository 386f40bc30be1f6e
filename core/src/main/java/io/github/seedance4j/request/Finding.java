package io.github.seedance4j.request;

import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the rules have to say of a draft: a violation or a piece of advice, depending on
 * the list of the {@link Verdict} that it stands in.
 *
 * @param rule what was found
 * @param path where, in the wire's own names ({@code content[1].image_url.url}); empty where no one
 *     field is at fault
 * @param given the value at fault, shortened and free of control characters; null where the rule's
 *     text says it all
 * @param allowed what would have been accepted; null likewise
 */
public record Finding(Rule rule, String path, @Nullable String given, @Nullable String allowed) {

  private static final String BUNDLE = "ContributorValidationMessages";
  private static final String KEY_PREFIX = "io.github.seedance4j.";
  private static final int LONGEST_GIVEN = 80;

  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(path, "path");
    given = given == null ? null : printable(given);
  }

  /** A finding whose text says it all. */
  public static Finding of(Rule rule, String path) {
    return new Finding(rule, path, null, null);
  }

  /**
   * The stable form for programs: {@code code}, or {@code code:path} where one field is at fault.
   */
  public String entry() {
    return path.isEmpty() ? rule.code() : rule.code() + ":" + path;
  }

  /** Where a form should show it: the path, else the field the rule is about, else empty. */
  public String field() {
    return path.isEmpty() ? rule.homeField() : path;
  }

  /** What is wrong, with the value at fault and the way out. English, French and Chinese exist. */
  public String message(Locale locale) {
    ResourceBundle texts = texts(locale);
    StringBuilder message = new StringBuilder(texts.getString(KEY_PREFIX + rule.code()));
    appendDetail(message, texts, "given", given);
    appendDetail(message, texts, "allowed", allowed);
    return message.toString();
  }

  /** The key of this rule's text in the {@code ContributorValidationMessages} bundles. */
  String messageKey() {
    return KEY_PREFIX + rule.code();
  }

  @Override
  public String toString() {
    return entry() + " – " + message(Locale.ROOT);
  }

  private static void appendDetail(
      StringBuilder message, ResourceBundle texts, String key, @Nullable String value) {
    if (value != null) {
      message.append(' ').append(texts.getString(KEY_PREFIX + key)).append(' ').append(value);
      message.append('.');
    }
  }

  private static ResourceBundle texts(Locale locale) {
    return ResourceBundle.getBundle(
        BUNDLE,
        locale,
        Finding.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  private static String printable(String value) {
    String clean = value.replaceAll("\\p{Cntrl}", " ");
    if (clean.codePointCount(0, clean.length()) <= LONGEST_GIVEN) {
      return clean;
    }
    return clean.substring(0, clean.offsetByCodePoints(0, LONGEST_GIVEN)) + "…";
  }
}
