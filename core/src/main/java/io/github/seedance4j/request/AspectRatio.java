package io.github.seedance4j.request;

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

  @Override
  public String toString() {
    return value;
  }
}
