package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads fields outside the guide, as {@code --extra NAME=VALUE} gives them. */
final class ExtraFields {

  private ExtraFields() {}

  /**
   * Puts them into a request, and gives their names.
   *
   * @throws IllegalArgumentException naming one that can't be read
   */
  static Set<String> add(Map<String, @Nullable Object> tree, List<String> extras) {
    Set<String> names = new HashSet<>();
    for (String extra : extras) {
      int equals = extra.indexOf('=');
      String name = equals < 0 ? extra : extra.substring(0, equals);
      if (name.isBlank() || (equals < 0 && !tree.containsKey(name))) {
        throw new IllegalArgumentException("--extra " + extra + ": write NAME=VALUE");
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException("--extra " + name + " is there twice; keep one of them");
      }
      if (equals >= 0) {
        tree.put(name, value(extra.substring(equals + 1)));
      }
    }
    return names;
  }

  /** JSON where it is some, else the text itself. */
  private static @Nullable Object value(String text) {
    Json.Document document = Json.read(text.getBytes(StandardCharsets.UTF_8));
    return document.problem() == null ? document.value() : text;
  }
}
