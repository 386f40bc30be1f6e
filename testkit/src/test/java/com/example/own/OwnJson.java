package com.example.own;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Stands for a JSON library: the testkit's own one is no API. */
final class OwnJson {

  private OwnJson() {}

  static byte[] write(Map<String, ?> tree) {
    return JsonWriter.write(tree).getBytes(StandardCharsets.UTF_8);
  }

  /** The object in a body; an empty one where there is none, or none that can be read. */
  static Map<?, ?> read(String body) {
    try {
      return JsonReader.read(body).tree() instanceof Map<?, ?> tree ? tree : Map.of();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
