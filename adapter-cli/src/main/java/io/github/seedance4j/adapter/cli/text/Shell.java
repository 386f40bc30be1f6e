package io.github.seedance4j.adapter.cli.text;

/** Writes words so that a POSIX shell reads them as they are. */
public final class Shell {

  private Shell() {}

  public static String quote(String word) {
    return word.matches("[\\p{L}\\p{M}\\p{N}_./:@%+=,…-]+")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
