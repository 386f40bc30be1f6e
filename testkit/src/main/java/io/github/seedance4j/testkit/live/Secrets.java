package io.github.seedance4j.testkit.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must be in no output and no file: the key, and every link while it lives. */
final class Secrets {

  private static final String SHOWN = "[secret]";

  private final List<String> all = new ArrayList<>();

  Secrets(String key) {
    all.add(key);
  }

  /** A signed link, and its query by itself: whoever has the signature has the clip. */
  void addLink(String link) {
    all.add(link);
    int query = link.indexOf('?');
    if (query >= 0 && query + 1 < link.length()) {
      all.add(link.substring(query + 1));
    }
  }

  /** That text without them, on one line. */
  String hidden(String text) {
    String hidden = text;
    for (String secret : all) {
      hidden = hidden.replace(secret, SHOWN);
    }
    return hidden.replaceAll("\\s*\\R\\s*", " ");
  }

  /** A tree of plain values without them, keys left as they are. */
  @Nullable Object hidden(@Nullable Object tree) {
    if (tree instanceof String text) {
      return hidden(text);
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(hidden(each)));
      return copy;
    }
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, value) -> copy.put(String.valueOf(name), hidden(value)));
      return copy;
    }
    return tree;
  }
}
