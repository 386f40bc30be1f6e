package io.github.seedance4j.adapter.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as RFC 4180 has them, and nothing else: a quote inside a bare cell is an
 * error, since whatever follows could not be told apart. By hand, as the grammar has five cases,
 * and a library would be one more jar to be opened by every command, lenient where money is spent.
 */
public final class Csv {

  private static final char QUOTE = '"';

  /** Also a semicolon: there are countries where it divides cells. */
  private static final String NEEDS_QUOTES = "\",;\t\r\n";

  /** What a formula begins with, also in the wide characters of East Asia. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private final String text;
  private int at;
  private int line = 1;

  private Csv(String text) {
    this.text = text;
  }

  /**
   * One record.
   *
   * @param line where it begins, counted from 1; a quoted cell may span several
   */
  public record Row(int line, List<String> cells) {
    /** Whether there is nothing in it, as in a line left empty. */
    public boolean isBlank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  /**
   * What a text came to.
   *
   * @param rows up to where it is broken
   * @param problem what is wrong there; null if nothing is
   * @param problemLine where that is
   */
  public record Table(List<Row> rows, @Nullable String problem, int problemLine) {}

  public static Table read(String text) {
    return new Csv(text).table();
  }

  /** One record as RFC 4180 has it, with its end. */
  public static String record(List<String> cells) {
    StringJoiner record = new StringJoiner(",", "", "\r\n");
    for (String cell : cells) {
      boolean quoted = cell.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
      record.add(quoted ? QUOTE + cell.replace("\"", "\"\"") + QUOTE : cell);
    }
    return record.toString();
  }

  /**
   * A text that no spreadsheet takes for a formula: one that might be gets an apostrophe before it.
   */
  public static String harmless(String text) {
    String begin = text.stripLeading();
    boolean formula =
        !text.isEmpty()
            && (FORMULA.indexOf(text.charAt(0)) >= 0
                || (!begin.isEmpty() && FORMULA.indexOf(begin.charAt(0)) >= 0));
    return formula ? "'" + text : text;
  }

  private Table table() {
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      int begin = line;
      List<String> cells = new ArrayList<>();
      boolean more = true;
      while (more) {
        String problem =
            at < text.length() && text.charAt(at) == QUOTE ? quoted(cells) : bare(cells);
        if (problem != null) {
          return new Table(rows, problem, line);
        }
        more = at < text.length() && text.charAt(at) == ',';
        at += more ? 1 : 0;
      }
      endOfLine();
      rows.add(new Row(begin, List.copyOf(cells)));
    }
    return new Table(rows, null, line);
  }

  private @Nullable String bare(List<String> cells) {
    int begin = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == QUOTE) {
        return "a quote inside a cell that does not begin with one: quote the whole cell, and write"
            + " \"\" for a quote in it";
      }
      at++;
    }
    cells.add(text.substring(begin, at));
    return null;
  }

  private @Nullable String quoted(List<String> cells) {
    StringBuilder cell = new StringBuilder();
    int begin = line;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != QUOTE) {
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == QUOTE) {
        cell.append(QUOTE);
        at++;
      } else {
        at++;
        if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
          return "something between a cell's closing quote and the next comma";
        }
        cells.add(cell.toString());
        return null;
      }
    }
    line = begin;
    return "a quote that is never closed";
  }

  private void endOfLine() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    line++;
  }
}
