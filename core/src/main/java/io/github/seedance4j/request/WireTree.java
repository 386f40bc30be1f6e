package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes drafts as plain trees, and trees as one canonical text. */
final class WireTree {

  private static final HexFormat HEX = HexFormat.of();

  private WireTree() {}

  /** The tree that is sent: the guide's fields in the guide's order, then the extras. */
  static Map<String, Object> of(Map<String, Object> fields, Map<String, Object> extras) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (WireField field : WireField.values()) {
      Object value = fields.get(field.wireName());
      if (value != null) {
        tree.put(field.wireName(), field == WireField.CONTENT ? items((List<?>) value) : value);
      }
    }
    tree.putAll(extras);
    return tree;
  }

  static Map<String, Object> item(ContentItem item) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (item.type() != null) {
      tree.put("type", item.type());
      if (item.url() != null) {
        tree.put(item.type(), Map.of("url", item.url()));
      }
    }
    if (item.role() != null) {
      tree.put("role", item.role());
    }
    return tree;
  }

  static String canonical(@Nullable Object tree) {
    StringBuilder text = new StringBuilder();
    append(text, tree);
    return text.toString();
  }

  private static List<Map<String, Object>> items(List<?> content) {
    List<Map<String, Object>> items = new ArrayList<>();
    content.forEach(item -> items.add(item((ContentItem) item)));
    return items;
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
      String separator = "{";
      for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
        quote(text.append(separator), entry.getKey());
        append(text.append(':'), entry.getValue());
        separator = ",";
      }
      text.append(sorted.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object entry : list) {
        append(text.append(separator), entry);
        separator = ",";
      }
      text.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof BigDecimal number) {
      text.append(number.toPlainString());
    } else if (value instanceof String string) {
      quote(text, string);
    } else {
      text.append(value);
    }
  }

  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        text.append("\\u").append(HEX.toHexDigits(c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
