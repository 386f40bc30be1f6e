package io.github.seedance4j.testkit.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads strict JSON (RFC 8259) into plain trees: insertion-ordered maps, lists, strings, {@link
 * BigDecimal}, booleans, null.
 *
 * <p>Bounded: 100 levels, 1,000 characters a number. A number is kept as it was written and never
 * expanded, so {@code 1e-99999999} costs nothing until somebody calculates with it; exponents are
 * clamped to a thousand million. A key that comes twice is no error here, it is reported beside the
 * tree.
 */
public final class JsonReader {

  private static final int DEEPEST = 100;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int HIGHEST_EXPONENT = 1_000_000_000;

  private final String text;
  private final List<String> repeated = new ArrayList<>();
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads UTF-8 bytes; a byte order mark in front is skipped.
   *
   * @throws IllegalArgumentException if the bytes aren't UTF-8 or the text isn't one JSON value
   *     within the bounds
   */
  public static JsonDocument read(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      // sent as such, or put in where the bytes are none
      requireUtf8(utf8);
    }
    return read(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static void requireUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text isn't one JSON value within the bounds
   */
  public static JsonDocument read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    Object tree = reader.value("", 1);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return new JsonDocument(tree, reader.repeated);
  }

  private @Nullable Object value(String path, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "not JSON we read: nested deeper than " + DEEPEST + " levels");
    }
    char c = peek();
    if (c == '{') {
      return object(path, depth);
    }
    if (c == '[') {
      return list(path, depth);
    }
    if (c == '"') {
      return string();
    }
    if (c == '-' || isDigit(c)) {
      return number();
    }
    if (word("true")) {
      return true;
    }
    if (word("false")) {
      return false;
    }
    if (word("null")) {
      return null;
    }
    throw unexpected("a value");
  }

  private Map<String, @Nullable Object> object(String path, int depth) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    expect('{');
    skipSpace();
    if (accept('}')) {
      return fields;
    }
    do {
      skipSpace();
      if (peek() != '"') {
        throw unexpected("a key");
      }
      String key = string();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      skipSpace();
      expect(':');
      skipSpace();
      Object value = value(keyPath, depth + 1);
      if (fields.containsKey(key)) {
        repeated.add(keyPath);
      }
      fields.put(key, value);
      skipSpace();
    } while (accept(','));
    expect('}');
    return fields;
  }

  private List<@Nullable Object> list(String path, int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    expect('[');
    skipSpace();
    if (accept(']')) {
      return items;
    }
    do {
      skipSpace();
      items.add(value(path + "[" + items.size() + "]", depth + 1));
      skipSpace();
    } while (accept(','));
    expect(']');
    return items;
  }

  private String string() {
    expect('"');
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (peek() == '"') {
      at++;
      return text.substring(start, at - 1);
    }
    StringBuilder out = new StringBuilder().append(text, start, at);
    while (true) {
      char c = peek();
      if (c < ' ') {
        throw unexpected("a character of a string");
      }
      at++;
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw unexpected("an escape");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      // Character.digit alone would take digits of other scripts
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw unexpected("a hexadecimal digit");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private BigDecimal number() {
    int start = at;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    if (accept('.')) {
      digits();
    }
    String mantissa = text.substring(start, at);
    String exponent = "0";
    if (accept('e') || accept('E')) {
      int exponentStart = at;
      if (!accept('+')) {
        accept('-');
      }
      digits();
      exponent = text.substring(exponentStart, at);
    }
    if (at - start > LONGEST_NUMBER) {
      throw new IllegalArgumentException(
          "not JSON we read: a number of " + (at - start) + " characters");
    }
    BigDecimal digits = new BigDecimal(mantissa);
    int power =
        new BigInteger(exponent)
            .max(BigInteger.valueOf(-HIGHEST_EXPONENT))
            .min(BigInteger.valueOf(HIGHEST_EXPONENT))
            .intValueExact();
    if (digits.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return digits.scaleByPowerOfTen(power);
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw unexpected("a digit");
    }
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean word(String word) {
    boolean found = text.startsWith(word, at);
    if (found) {
      at += word.length();
    }
    return found;
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected("more");
    }
    return text.charAt(at);
  }

  private boolean accept(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private IllegalArgumentException unexpected(String wanted) {
    return new IllegalArgumentException("not JSON: expected " + wanted + " at character " + at);
  }
}
