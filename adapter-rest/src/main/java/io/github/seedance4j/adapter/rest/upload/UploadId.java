package io.github.seedance4j.adapter.rest.upload;

import io.github.seedance4j.media.MediaFormat;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an upload is called, on disk too: {@code up-}, 128 bits by chance that nobody guesses, and
 * an ending that tells its format, which providers look at. Never anything but one plain file name.
 */
record UploadId(String value, MediaFormat format) {

  private static final Pattern FORM = Pattern.compile("up-[a-z0-9]{26}\\.([a-z0-9]{3,4})");
  private static final SecureRandom CHANCE = new SecureRandom();
  private static final int BITS = 128;
  private static final int DIGITS = 26;
  private static final int RADIX = 32;

  static UploadId create(MediaFormat format) {
    String digits = new BigInteger(BITS, CHANCE).toString(RADIX);
    return new UploadId(
        "up-" + "0".repeat(DIGITS - digits.length()) + digits + "." + ending(format), format);
  }

  /** Empty for what can't be one. */
  static Optional<UploadId> of(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Arrays.stream(MediaFormat.values())
            .filter(format -> ending(format).equals(matcher.group(1)))
            .findFirst()
            .map(format -> new UploadId(text, format))
        : Optional.empty();
  }

  private static String ending(MediaFormat format) {
    return switch (format) {
      case JPEG -> "jpg";
      case PNG -> "png";
      case WEBP -> "webp";
      case GIF -> "gif";
      case MP4 -> "mp4";
      case MOV -> "mov";
      case WAV -> "wav";
      case MP3 -> "mp3";
    };
  }
}
