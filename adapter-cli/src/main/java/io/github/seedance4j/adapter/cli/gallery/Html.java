package io.github.seedance4j.adapter.cli.gallery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML, and SVG in it. Every text and every attribute's value is escaped; names of elements
 * and attributes are constants of this package. There is no way to write markup that came from
 * elsewhere.
 */
final class Html {

  private static final Set<String> VOID = Set.of("meta", "br");

  private final StringBuilder html = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element; one that can't hold anything ends with it.
   *
   * @param attributes names and values, by turns
   */
  Html open(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1]));
      html.append('"');
    }
    html.append('>');
    if (!VOID.contains(element)) {
      open.push(element);
    }
    return this;
  }

  Html text(String text) {
    html.append(escaped(text));
    return this;
  }

  /** Ends what was opened last. */
  Html close() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that holds a text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  Html line() {
    html.append('\n');
    return this;
  }

  /** The page's own style sheet, the one thing that is not escaped. */
  Html style(String sheet) {
    html.append("<style>").append(sheet).append("</style>\n");
    return this;
  }

  String page(String marker) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return "<!DOCTYPE html>\n" + marker + "\n" + html;
  }

  /** What means something in HTML becomes a reference; what no page may hold, a space. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : ' ');
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    boolean control = (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !half && (c & 0xfffe) != 0xfffe;
  }
}
