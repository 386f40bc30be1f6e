package io.github.seedance4j.request;

/** The height class of a clip, by the wire's word. An open value: a model's entry lists its own. */
public record Resolution(String value) {

  public static final Resolution P480 = new Resolution("480p");
  public static final Resolution P720 = new Resolution("720p");

  @Override
  public String toString() {
    return value;
  }
}
