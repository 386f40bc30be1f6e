package io.github.seedance4j.adapter.rest.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, as RFC 9110 section 14 has it asked for.
 *
 * @param from the first byte
 * @param length how many; 0 for a part that does not exist
 */
record ByteRange(long from, long length) {

  private static final Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /**
   * What is asked for. Empty for the whole file: also where the header can't be read, is in other
   * units, or wants several parts at once, as that section lets a server ignore it then.
   */
  static Optional<ByteRange> of(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      return Optional.empty();
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      if (last.isEmpty()) {
        return Optional.empty();
      }
      long length = Math.min(Long.parseLong(last), size);
      return Optional.of(new ByteRange(size - length, length));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(
        from >= size
            ? new ByteRange(from, 0)
            : new ByteRange(from, Math.min(to, size - 1) - from + 1));
  }

  boolean exists() {
    return length > 0;
  }

  /** As {@code Content-Range} tells it. */
  String of(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
