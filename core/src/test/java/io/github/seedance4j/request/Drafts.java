package io.github.seedance4j.request;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drafts and parts of drafts for tests, in the wire's own spelling. */
public final class Drafts {

  public static final String MODEL = "doubao-seedance-2.0";
  public static final String IMAGE = "https://cdn.example.com/a.png";
  public static final String VIDEO = "https://cdn.example.com/a.mp4";
  public static final String AUDIO = "https://cdn.example.com/a.mp3";

  private Drafts() {}

  /** A request of two lines that is valid, with these fields set besides. */
  public static GenerationDraft with(@Nullable Object... namesAndValues) {
    return GenerationDraft.read(tree(namesAndValues));
  }

  public static Map<String, @Nullable Object> tree(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("model", MODEL);
    tree.put("prompt", "a cat");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      tree.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return tree;
  }

  public static Map<String, Object> item(String type, String url, String role) {
    return Map.of("type", type, type, Map.of("url", url), "role", role);
  }

  public static Map<String, Object> firstFrame() {
    return item("image_url", IMAGE, "first_frame");
  }

  public static Map<String, Object> lastFrame() {
    return item("image_url", IMAGE, "last_frame");
  }

  public static Map<String, Object> referenceImage() {
    return item("image_url", IMAGE, "reference_image");
  }

  public static Map<String, Object> roleless(String type, String url) {
    return Map.of("type", type, type, Map.of("url", url));
  }

  /** The same thing so many times. */
  public static <T> List<T> times(int count, T thing) {
    return new ArrayList<>(java.util.Collections.nCopies(count, thing));
  }

  public static BigDecimal number(String text) {
    return new BigDecimal(text);
  }
}
