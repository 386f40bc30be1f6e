package io.github.seedance4j.adapter.cli.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Breaks lines between words, where a terminal would break them anywhere. */
public final class Paragraph {

  private static final Pattern WORD = Pattern.compile("(\\s*)(\\S+)");

  private static final int NARROWEST = 20;

  /** From here on characters are taken for two columns wide. */
  private static final int WIDE = 0x1100;

  private Paragraph() {}

  /**
   * In lines of no more columns than that, if words allow it; further lines of one are indented.
   *
   * @param columns less than 20 for: as it is
   * @param hanging how far the further lines are indented beyond the first
   * @param program what begins a command: from there to its line's end nothing is broken, so that
   *     what is copied is one command
   */
  public static String wrapped(String text, int columns, int hanging, String program) {
    if (columns < NARROWEST) {
      return text;
    }
    return Stream.of(text.split("\n", -1))
        .map(line -> width(line) <= columns ? line : line(line, columns, hanging, program))
        .collect(Collectors.joining("\n"));
  }

  private static String line(String line, int columns, int hanging, String program) {
    int command = line.indexOf(program + " ");
    command = command < 0 ? -1 : line.lastIndexOf(' ', command) + 1; // with its quotation mark
    String prose = command < 0 ? line : line.substring(0, command);
    String indent = " ".repeat(line.length() - line.stripLeading().length() + hanging);
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    Matcher words = WORD.matcher(prose);
    int end = 0;
    while (words.find()) {
      column = put(wrapped, words.group(1), words.group(2), column, columns, indent);
      end = words.end();
    }
    if (command >= 0) {
      put(wrapped, prose.substring(end), line.substring(command), column, columns, indent);
    }
    return wrapped.toString();
  }

  /** Gives the column after it. */
  private static int put(
      StringBuilder wrapped, String gap, String word, int column, int columns, String indent) {
    if (column > indent.length() && column + gap.length() + width(word) > columns) {
      wrapped.append('\n').append(indent).append(word);
      return indent.length() + width(word);
    }
    wrapped.append(gap).append(word);
    return column + gap.length() + width(word);
  }

  private static int width(String text) {
    return text.codePoints().map(c -> c < WIDE || (c >= 0x2000 && c < 0x2E80) ? 1 : 2).sum();
  }
}
