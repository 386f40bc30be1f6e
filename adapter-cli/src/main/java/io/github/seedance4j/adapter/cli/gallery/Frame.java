package io.github.seedance4j.adapter.cli.gallery;

import java.util.Locale;

/** A plot's area, in the units of its drawing, and the lines and words that every plot has. */
final class Frame {

  static final int WIDTH = 460;
  static final int HEIGHT = 226;
  static final int LEFT = 44;
  static final int RIGHT = WIDTH - 16;
  static final int TOP = 30;
  static final int BOTTOM = HEIGHT - 46;

  private final Html html;

  private Frame(Html html) {
    this.html = html;
  }

  /**
   * Begins a drawing.
   *
   * @param id unique on the page
   * @param alternative the same in words
   */
  static Frame open(Html html, String id, String title, String alternative) {
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-text");
    html.element("title", title, "id", id + "-title");
    html.element("desc", alternative, "id", id + "-text").line();
    return new Frame(html);
  }

  void close() {
    line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    html.close().line();
  }

  /** Its marks, each with a line across. */
  void upwards(Axis axis, String unit) {
    axis.values()
        .forEach(
            value -> {
              double y = y(axis.share(value));
              if (value.signum() > 0) {
                line("grid", LEFT, y, RIGHT, y);
              }
              text("end", axis.label(value), LEFT - 7, y + 3.5);
            });
    text("start unit", unit, 2, 14);
  }

  void markBelow(double x, String label) {
    line("axis", x, BOTTOM, x, BOTTOM + 4);
    text("middle", label, x, BOTTOM + 18);
  }

  void nameBelow(String name) {
    text("end unit", name, RIGHT, HEIGHT - 6);
  }

  void line(String kind, double x1, double y1, double x2, double y2) {
    path(kind, "M" + at(x1, y1) + "L" + at(x2, y2));
  }

  void path(String kind, String path) {
    html.open("path", "class", kind, "d", path).close().line();
  }

  void bar(String kind, double x, double y, double width, double height) {
    html.open(
            "rect",
            "class",
            kind,
            "x",
            number(x),
            "y",
            number(y),
            "width",
            number(width),
            "height",
            number(height))
        .close()
        .line();
  }

  void dot(String kind, double x, double y) {
    html.open("circle", "class", kind, "cx", number(x), "cy", number(y), "r", "3.5").close().line();
  }

  void text(String kind, String text, double x, double y) {
    html.element("text", text, "class", kind, "x", number(x), "y", number(y)).line();
  }

  /** From the left edge, 0, to the right one, 1. */
  static double x(double share) {
    return LEFT + share * (RIGHT - LEFT);
  }

  /** From the bottom, 0, to the top, 1. */
  static double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  static String at(double x, double y) {
    return number(x) + " " + number(y);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
