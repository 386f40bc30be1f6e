package io.github.seedance4j.request;

import java.util.regex.Pattern;

/**
 * What counts as white space, everywhere in the rules: Unicode's, with the no-break and the
 * ideographic space, which prompts written in Chinese hold.
 */
final class WhiteSpace {

  /** For use within the brackets of a character class. */
  static final String CLASS = "\\p{Z}\\s\\x1C-\\x1F\\x85";

  private static final Pattern WORD = Pattern.compile("[^" + CLASS + "]+");

  private WhiteSpace() {}

  /** Whether there is nothing else in it. */
  static boolean isBlank(String text) {
    return !WORD.matcher(text).find();
  }

  /** Whether more than so many words stand between white space. */
  static boolean hasMoreWordsThan(int limit, String text) {
    return WORD.matcher(text).results().skip(limit).findFirst().isPresent();
  }
}
