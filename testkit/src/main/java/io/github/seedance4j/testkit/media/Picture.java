package io.github.seedance4j.testkit.media;

import java.util.List;

/**
 * What a clip shows: a vertical colour gradient, chosen by the caption's hash, and the caption in
 * dots of 4x4 pixels.
 *
 * <p>The colour of a pixel depends on its line alone, and a lit dot is {@link #DOT_LUMA} brighter
 * than its surroundings: what {@link H264Stream} can write exactly. Samples are BT.709, limited
 * range. Covers whole macroblocks; what lies outside the clip's size is cropped by the player.
 */
final class Picture {

  /** How much brighter a lit dot is, in luma. */
  static final int DOT_LUMA = 160;

  private static final int DOT = 4;
  private static final int DOTS_PER_MACROBLOCK = 16 / DOT;

  /**
   * Kept free at every edge, in dots; more than a macroblock, as the first of a row has no dots.
   */
  private static final int MARGIN = 8;

  /** Of the line between heading and body, in dots of the font. */
  private static final int RULE_LENGTH = 4 * CaptionLayout.ADVANCE - 1;

  /** Top and bottom, RGB: dark enough for bright text on them. */
  private static final int[][] GRADIENTS = {
    {0x1D4A74, 0x1B1B3A}, // dusk
    {0x0E5156, 0x0B132B}, // lagoon
    {0x5B2A86, 0x1D1145}, // violet
    {0x7A2E4D, 0x24103A}, // plum
    {0x72391A, 0x2B0F1E}, // ember
    {0x274E2B, 0x0C1F2B}, // forest
    {0x374361, 0x14171F}, // slate
    {0x554311, 0x1F1A12}, // bronze
  };

  private final int macroblockColumns;
  private final int macroblockRows;
  private final int[] top;
  private final int[] bottom;
  private final boolean[][] dots;

  private Picture(ClipSpec spec) {
    macroblockColumns = (spec.width() + 15) / 16;
    macroblockRows = (spec.height() + 15) / 16;
    int[] gradient = GRADIENTS[Math.floorMod(spec.caption().hashCode(), GRADIENTS.length)];
    top = bt709(gradient[0]);
    bottom = bt709(gradient[1]);
    dots =
        new boolean[macroblockRows * DOTS_PER_MACROBLOCK][macroblockColumns * DOTS_PER_MACROBLOCK];
  }

  static Picture of(ClipSpec spec) {
    Picture picture = new Picture(spec);
    int width = Math.max(0, spec.width() / DOT - 2 * MARGIN);
    int height = Math.max(0, spec.height() / DOT - 2 * MARGIN);
    int largestScale = Math.max(1, Math.min(spec.width(), spec.height()) / 300);
    CaptionLayout layout = CaptionLayout.fit(spec.caption(), width, height, largestScale);
    picture.draw(layout, MARGIN + (height - layout.height()) / 2);
    return picture;
  }

  int macroblockColumns() {
    return macroblockColumns;
  }

  int macroblockRows() {
    return macroblockRows;
  }

  /** Luma of the unlit pixels in line {@code y}. */
  int luma(int y) {
    return blend(0, y, macroblockRows * 16);
  }

  /** Cb of all pixels in line {@code y} of the chroma plane, which has half the lines. */
  int blue(int y) {
    return blend(1, y, macroblockRows * 8);
  }

  /** Cr of all pixels in line {@code y} of the chroma plane, which has half the lines. */
  int red(int y) {
    return blend(2, y, macroblockRows * 8);
  }

  /** 1 where the dot is lit, otherwise 0. */
  int dot(int column, int row) {
    return dots[row][column] ? 1 : 0;
  }

  private int blend(int component, int y, int lines) {
    return (top[component] * (lines - y) + bottom[component] * y + lines / 2) / lines;
  }

  private void draw(CaptionLayout layout, int firstRow) {
    int scale = layout.scale();
    int row = drawLines(layout.heading(), firstRow, scale);
    if (!layout.body().isEmpty()) {
      int length = Math.min(RULE_LENGTH * scale, dots[0].length - 2 * MARGIN);
      for (int x = 0; x < length / scale; x++) {
        light(MARGIN + x * scale, row + scale, scale);
      }
      drawLines(layout.body(), row + CaptionLayout.RULE_PITCH * scale, scale);
    }
  }

  /** Returns the row after the lines. */
  private int drawLines(List<String> lines, int firstRow, int scale) {
    int row = firstRow;
    for (String line : lines) {
      for (int i = 0; i < line.length(); i++) {
        drawGlyph(line.charAt(i), MARGIN + i * CaptionLayout.ADVANCE * scale, row, scale);
      }
      row += CaptionLayout.LINE_PITCH * scale;
    }
    return row;
  }

  private void drawGlyph(char character, int column, int row, int scale) {
    for (int y = 0; y < BitmapFont.HEIGHT; y++) {
      for (int x = 0; x < BitmapFont.WIDTH; x++) {
        if (BitmapFont.lit(character, x, y)) {
          light(column + x * scale, row + y * scale, scale);
        }
      }
    }
  }

  private void light(int column, int row, int size) {
    for (int y = row; y < row + size; y++) {
      for (int x = column; x < column + size; x++) {
        dots[y][x] = true;
      }
    }
  }

  /** Integer arithmetic, so that every machine gets the same colour. */
  private static int[] bt709(int rgb) {
    int red = rgb >> 16;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    int luma = 2126 * red + 7152 * green + 722 * blue; // times 10,000
    return new int[] {
      16 + luma * 219 / (255 * 10_000),
      128 + (blue * 10_000 - luma) * 224 / (255 * 18_556),
      128 + (red * 10_000 - luma) * 224 / (255 * 15_748),
    };
  }
}
