package io.github.seedance4j.tenant;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as it was given, to be given again to the byte. */
public final class StoredAnswer {

  private final int status;
  private final String contentType;
  private final byte[] body;

  /**
   * Copies the bytes.
   *
   * @param status the HTTP status, 100 to 599
   */
  public StoredAnswer(int status, String contentType, byte[] body) {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status: 100 to 599, not " + status);
    }
    this.status = status;
    this.contentType = Objects.requireNonNull(contentType, "contentType");
    this.body = body.clone();
  }

  public int status() {
    return status;
  }

  public String contentType() {
    return contentType;
  }

  /** A copy. */
  public byte[] body() {
    return body.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredAnswer that
        && status == that.status
        && contentType.equals(that.contentType)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, contentType, Arrays.hashCode(body));
  }

  /** Without the body. */
  @Override
  public String toString() {
    return status + " " + contentType + ", " + body.length + " bytes";
  }
}
