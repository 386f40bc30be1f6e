package io.github.seedance4j.adapter.cli;

/** Writes words so that a POSIX shell reads them as they are. */
final class Shell {

  private Shell() {}

  static String quote(String word) {
    return word.matches("[\\p{L}\\p{M}\\p{N}_./:@%+=,…-]+")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
