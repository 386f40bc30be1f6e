package io.github.seedance4j.request;

/**
 * Something that stands for a draft: a form, a controller's body, a message. Annotated with {@link
 * ValidGeneration}, it is judged by the same rules as any request, and each violation is reported
 * at its own property.
 */
public interface DraftSource {

  /** What this asks for. Called on each validation; must not return null. */
  GenerationDraft toDraft();

  /**
   * Where a violation at that path of the wire belongs in this type, such as {@code firstFrame} for
   * {@code content[0].image_url.url}; empty for the object as a whole. By default the wire's name
   * in camel case, with indexes kept: {@code image_urls[2]} becomes {@code imageUrls[2]}.
   */
  default String propertyOf(String path) {
    StringBuilder property = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '_' && i + 1 < path.length()) {
        property.append(Character.toUpperCase(path.charAt(++i)));
      } else {
        property.append(c);
      }
    }
    return property.toString();
  }
}
