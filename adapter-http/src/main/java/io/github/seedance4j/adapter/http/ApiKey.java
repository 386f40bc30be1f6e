package io.github.seedance4j.adapter.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The secret that pays. Nothing outside this package can read it back: there is no accessor, and
 * neither text nor hash code shows it.
 */
public final class ApiKey {

  private static final String SHOWN = "ApiKey[th-…]";
  private static final int FINGERPRINT_LENGTH = 12;

  private final String value;

  private ApiKey(String value) {
    this.value = value;
  }

  /**
   * Wraps a key as the provider gave it.
   *
   * @throws IllegalArgumentException if it is empty or holds anything but printable ASCII; the
   *     message does not repeat it
   */
  public static ApiKey of(String value) {
    Objects.requireNonNull(
        value, "value: no API key; is the variable set that it should come from?");
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "value: an API key is printable ASCII without spaces or line breaks; copy it again");
    }
    return new ApiKey(value);
  }

  /**
   * Tells accounts apart in a journal: twelve hex digits of a digest, from which no key follows.
   */
  public String fingerprint() {
    return HexFormat.of().formatHex(digest()).substring(0, FINGERPRINT_LENGTH);
  }

  /** That text without this key, should anybody have put it in. */
  public String redact(String text) {
    return text.replace(value, SHOWN);
  }

  String bearer() {
    return "Bearer " + value;
  }

  private byte[] digest() {
    return Sha256.begin().digest(("seedance4j:" + value).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey that && MessageDigest.isEqual(digest(), that.digest());
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  @Override
  public String toString() {
    return SHOWN;
  }
}
