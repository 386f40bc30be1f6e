package io.github.seedance4j.task;

/** The provider's name for a task: opaque, printable, at most 256 characters. */
public record TaskId(String value) {

  private static final int LONGEST = 256;

  public TaskId {
    boolean printable = value.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (value.isEmpty() || value.length() > LONGEST || !printable) {
      throw new IllegalArgumentException(
          "value: a task id is 1 to 256 printable ASCII characters without spaces");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
