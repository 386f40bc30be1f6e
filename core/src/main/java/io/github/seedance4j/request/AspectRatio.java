package io.github.seedance4j.request;

import org.jspecify.annotations.Nullable;

/** The shape of a clip, by the wire's word. An open value: a model's entry lists its own. */
public record AspectRatio(String value) {

  /** The model chooses, from the inputs. */
  public static final AspectRatio ADAPTIVE = new AspectRatio("adaptive");

  public static final AspectRatio R16_9 = new AspectRatio("16:9");
  public static final AspectRatio R9_16 = new AspectRatio("9:16");
  public static final AspectRatio R1_1 = new AspectRatio("1:1");
  public static final AspectRatio R4_3 = new AspectRatio("4:3");
  public static final AspectRatio R3_4 = new AspectRatio("3:4");
  public static final AspectRatio R21_9 = new AspectRatio("21:9");

  // by hand: what a record generates is spun at run time, 10 ms of the command line's start
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AspectRatio that && value.equals(that.value);
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
