package io.github.seedance4j.testkit.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was read: its plain tree, in which the last of several equal keys stands, and the
 * paths of the keys that came more than once ({@code content[0].role}).
 */
public record JsonDocument(@Nullable Object tree, List<String> repeated) {

  public JsonDocument {
    repeated = List.copyOf(repeated);
  }
}
