package io.github.seedance4j.request;

import org.jspecify.annotations.Nullable;

/** The height class of a clip, by the wire's word. An open value: a model's entry lists its own. */
public record Resolution(String value) {

  public static final Resolution P480 = new Resolution("480p");
  public static final Resolution P720 = new Resolution("720p");

  // by hand: what a record generates is spun at run time, 10 ms of the command line's start
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Resolution that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
