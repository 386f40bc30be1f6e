package io.github.seedance4j.request;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the rules have to say of a draft: a violation or a piece of advice, depending on
 * the list of the {@link Verdict} that it stands in. All of it is fit to be shown: shortened, and
 * free of control characters.
 *
 * @param rule what was found
 * @param path where, in the wire's own names ({@code content[1].image_url.url}); empty where no one
 *     field is at fault
 * @param given the value at fault; null where the rule's text says it all
 * @param allowed what would have been accepted; null likewise
 */
public record Finding(Rule rule, String path, @Nullable String given, @Nullable String allowed) {

  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_GIVEN = 80;

  /** Controls, line separators, half characters, and what turns the direction of a line. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  public Finding {
    Objects.requireNonNull(rule, "rule");
    path = printable(Objects.requireNonNull(path, "path"), LONGEST_PATH);
    given = given == null ? null : printable(given, LONGEST_GIVEN);
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
    StringBuilder message = new StringBuilder(Texts.get(rule.code(), locale));
    appendDetail(message, locale, "given", given);
    appendDetail(message, locale, "allowed", allowed);
    return message.toString();
  }

  @Override
  public String toString() {
    return entry() + " – " + message(Locale.ROOT);
  }

  private static void appendDetail(
      StringBuilder message, Locale locale, String key, @Nullable String value) {
    if (value != null) {
      message.append(' ').append(Texts.get(key, locale)).append(value);
      message.append(Texts.get("end", locale));
    }
  }

  private static String printable(String value, int longest) {
    if (value.codePointCount(0, value.length()) <= longest) {
      return UNPRINTABLE.matcher(value).replaceAll(" ");
    }
    String start = value.substring(0, value.offsetByCodePoints(0, longest));
    return UNPRINTABLE.matcher(start).replaceAll(" ") + "…";
  }
}
