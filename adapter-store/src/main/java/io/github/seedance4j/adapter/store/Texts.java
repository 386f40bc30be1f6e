package io.github.seedance4j.adapter.store;

import java.nio.charset.StandardCharsets;

/** What a text column can hold without changing it. */
final class Texts {

  private Texts() {}

  /** Whether it has neither NUL, which PostgreSQL refuses, nor half of a surrogate pair. */
  static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * Refuses what the database would change, since two such texts could become one.
   *
   * @throws IllegalArgumentException naming what it is
   */
  static String requireStorable(String name, String text) {
    if (!isStorable(text)) {
      throw new IllegalArgumentException(
          name + ": a journal can't keep a text with NUL or half of a surrogate pair");
    }
    return text;
  }
}
