package io.github.seedance4j.testkit;

import java.util.List;
import java.util.Map;

/**
 * The head of a request that came in over the wire, whatever it was for.
 *
 * @param target path and query
 * @param headers as sent, in their order
 */
public record RecordedHead(String method, String target, List<Map.Entry<String, String>> headers) {

  public RecordedHead {
    headers = List.copyOf(headers);
  }

  /** The values of all headers of that name, in whatever case. */
  public List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }
}
