package io.github.seedance4j.testkit.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain trees as compact JSON, keys in the order of their map, numbers as plain decimals.
 */
public final class JsonWriter {

  private static final int LONGEST_PLAIN = 1_000;

  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  /**
   * @throws IllegalArgumentException if the tree holds anything but Map, List, String, BigDecimal,
   *     Integer, Long, Boolean or null
   */
  public static String write(@Nullable Object tree) {
    JsonWriter writer = new JsonWriter();
    writer.value(tree);
    return writer.out.toString();
  }

  private void value(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      object(map);
    } else if (tree instanceof List<?> list) {
      list(list);
    } else if (tree instanceof String text) {
      string(text);
    } else if (tree instanceof BigDecimal number) {
      // one with a thousand million digits, written as 1e999999999, is written so again
      out.append(
          Math.abs((long) number.scale()) > LONGEST_PLAIN
              ? number.toString()
              : number.toPlainString());
    } else if (tree == null
        || tree instanceof Integer
        || tree instanceof Long
        || tree instanceof Boolean) {
      out.append(tree);
    } else {
      throw new IllegalArgumentException("tree: plain values, not " + tree.getClass().getName());
    }
  }

  private void object(Map<?, ?> map) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> field : map.entrySet()) {
      out.append(separator);
      string(String.valueOf(field.getKey()));
      out.append(':');
      value(field.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void list(List<?> list) {
    out.append('[');
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      value(item);
      separator = ",";
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    out.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // a lone surrogate has no UTF-8 form, so it leaves as it may have come: escaped
          if (c < ' ' || c == 0x7f || (Character.isSurrogate(c) && !paired(text, i))) {
            out.append("\\u").append(String.format("%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
  }

  private static boolean paired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
