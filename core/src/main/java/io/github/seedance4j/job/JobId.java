package io.github.seedance4j.job;

/** Our name for a job: {@code job-} and lower-case letters and digits. */
public record JobId(String value) {

  public JobId {
    if (!value.matches("job-[a-z0-9]{8,40}")) {
      throw new IllegalArgumentException("value: not a job id: '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
