package io.github.seedance4j.testkit.media;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A caption broken into lines of the {@link BitmapFont}, in the largest size that fits.
 *
 * @param scale dots of the picture per dot of the font
 * @param heading the lines of the first paragraph
 * @param body the lines of all others
 */
record CaptionLayout(int scale, List<String> heading, List<String> body) {

  /** From the left edge of one character to that of the next, in dots of the font. */
  static final int ADVANCE = BitmapFont.WIDTH + 1;

  /** From one line to the next, in dots of the font. */
  static final int LINE_PITCH = BitmapFont.HEIGHT + 2;

  /** What is kept free between heading and body, in dots of the font. */
  static final int RULE_PITCH = 8;

  /** Accents, variation selectors, joiners: nothing that stands on its own. */
  private static final Pattern MARK = Pattern.compile("[\\p{M}\\p{Cf}]");

  private static final String CUT = "...";

  /** More than any picture shows; a prompt may be megabytes. */
  private static final int LONGEST_PARAGRAPH = 20_000;

  /** Lays out a caption for an area given in dots of the picture. */
  static CaptionLayout fit(List<String> caption, int width, int height, int largestScale) {
    List<String> paragraphs = caption.stream().map(CaptionLayout::drawable).toList();
    for (int scale = largestScale; scale > 1; scale--) {
      int columns = width / (ADVANCE * scale);
      CaptionLayout layout = wrap(paragraphs, columns, scale);
      if (layout.height() <= height && longestWord(paragraphs) <= columns) {
        return layout;
      }
    }
    return wrap(paragraphs, width / ADVANCE, 1).cut(width / ADVANCE, height);
  }

  /** The height in dots of the picture. */
  int height() {
    int rule = body.isEmpty() ? 0 : RULE_PITCH;
    return ((heading.size() + body.size()) * LINE_PITCH + rule) * scale;
  }

  private static CaptionLayout wrap(List<String> paragraphs, int columns, int scale) {
    List<String> heading = new ArrayList<>();
    List<String> body = new ArrayList<>();
    for (int i = 0; i < paragraphs.size(); i++) {
      wrap(paragraphs.get(i), columns, i == 0 ? heading : body);
    }
    return new CaptionLayout(scale, List.copyOf(heading), List.copyOf(body));
  }

  private static void wrap(String paragraph, int columns, List<String> lines) {
    if (columns < 1) {
      return;
    }
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      while (line.length() > columns) { // a word longer than the line
        lines.add(line.substring(0, columns));
        line.delete(0, columns);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
  }

  /** Drops the lines that don't fit, and says so at the end of the last that does. */
  private CaptionLayout cut(int columns, int height) {
    if (height() <= height) {
      return this;
    }
    int bodyLines = (height - RULE_PITCH) / LINE_PITCH - heading.size();
    if (bodyLines > 0) {
      return new CaptionLayout(scale, heading, cutLines(body, bodyLines, columns));
    }
    int headingLines = Math.min(heading.size(), height / LINE_PITCH);
    return new CaptionLayout(scale, cutLines(heading, headingLines, columns), List.of());
  }

  private static List<String> cutLines(List<String> lines, int count, int columns) {
    if (count == 0) {
      return List.of();
    }
    List<String> kept = new ArrayList<>(lines.subList(0, count));
    String last = kept.get(count - 1);
    int room = Math.max(0, columns - CUT.length());
    kept.set(count - 1, last.substring(0, Math.min(last.length(), room)) + CUT);
    return List.copyOf(kept);
  }

  private static int longestWord(List<String> paragraphs) {
    int longest = 0;
    for (String paragraph : paragraphs) {
      for (String word : paragraph.split(" ")) {
        longest = Math.max(longest, word.length());
      }
    }
    return longest;
  }

  /** The text in characters of the font: accents dropped, other scripts as boxes. */
  private static String drawable(String paragraph) {
    StringBuilder text = new StringBuilder();
    paragraph
        .codePoints()
        .limit(LONGEST_PARAGRAPH)
        .forEach(
            character -> {
              if (character > ' ' && character < BitmapFont.BOX) {
                text.append((char) character);
              } else if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                text.append(' ');
              } else {
                text.append(nearest(character));
              }
            });
    return text.toString().strip().replaceAll(" +", " ");
  }

  private static String nearest(int character) {
    return switch (character) {
      case 0x2018, 0x2019 -> "'";
      case 0x201C, 0x201D, 0xAB, 0xBB -> "\"";
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015 -> "-";
      default -> folded(Character.toString(character));
    };
  }

  private static String folded(String character) {
    if (MARK.matcher(character).matches()) {
      return "";
    }
    if (Normalizer.isNormalized(character, Normalizer.Form.NFKD)) {
      return String.valueOf(BitmapFont.BOX); // nothing plainer is in it
    }
    String parts = Normalizer.normalize(character, Normalizer.Form.NFKD);
    String bare = MARK.matcher(parts).replaceAll("");
    boolean known = bare.chars().allMatch(c -> c > ' ' && c < BitmapFont.BOX);
    return known ? bare : String.valueOf(BitmapFont.BOX);
  }
}
