package io.github.seedance4j.adapter.rest.exchange;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** The language that a caller reads. */
public final class Language {

  private static final List<Locale> OURS = List.of(Locale.ENGLISH, Locale.FRENCH, Locale.CHINESE);
  private static final int LONGEST = 200;

  private Language() {}

  /** Of those that our texts are in, the one that suits best; English where none does. */
  public static Locale of(Context request) {
    String wanted = request.header("Accept-Language");
    if (wanted == null || wanted.length() > LONGEST) {
      return Locale.ENGLISH;
    }
    try {
      Locale found = Locale.lookup(Locale.LanguageRange.parse(wanted), OURS);
      return found == null ? Locale.ENGLISH : found;
    } catch (IllegalArgumentException nonsense) {
      return Locale.ENGLISH;
    }
  }
}
