package io.github.seedance4j.pricing;

/** What a quote takes for granted. */
public enum Assumption {
  OUTPUT_AS_ASKED("If the clip is as long as asked; clips come out about one frame longer."),
  INPUT_LENGTH_UNKNOWN("The reference videos' lengths are not declared; the price is an interval."),
  INPUT_LENGTH_DECLARED("If the reference videos are as long as declared."),
  FRAME_SIZE_OPEN("The model chooses the picture's shape; the price is an interval."),
  PROMPT_MAY_CHANGE_LENGTH("The prompt holds a parameter that may change length and resolution.");

  private final String text;

  Assumption(String text) {
    this.text = text;
  }

  /** One English sentence for people. */
  public String text() {
    return text;
  }
}
