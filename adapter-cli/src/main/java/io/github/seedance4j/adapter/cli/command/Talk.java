package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Paragraph;
import io.github.seedance4j.adapter.cli.text.Shell;
import java.io.PrintStream;

/**
 * What is said to the person, on standard error: plain lines, and on a terminal a live line below
 * them that is rewritten, or a few of them. Quiet, it says nothing but errors. Thread-safe.
 */
public final class Talk {

  private static final String REWRITE = "\r\033[2K";
  // a line wider than the window is cut off by the terminal, whatever its width is just now
  private static final String NO_WRAP = "\033[?7l";
  // the cursor waits at the line's beginning, as a ^C at its end would begin another one
  private static final String WRAP = "\033[?7h\r";

  /**
   * Wider than that no live line gets: a window that is made narrower breaks longer lines in two,
   * and what then takes them away would leave the rest of them behind.
   */
  public static final int LIVE_WIDTH = 40;

  private static final int HANGING = 2;

  private final Surroundings around;
  private final PrintStream err;
  private final boolean live;
  private final boolean colour;
  private final boolean quiet;
  private String line = "";
  private boolean over;

  public Talk(Surroundings around, boolean quiet) {
    this.around = around;
    this.err = around.err();
    this.live = around.live() && !around.variable("TERM").equals("dumb");
    this.colour = around.inColour();
    this.quiet = quiet;
  }

  /** Silences this voice for good and gives another, so that two threads don't talk at once. */
  public synchronized Talk takeOver() {
    endLive();
    over = true;
    return new Talk(around, quiet);
  }

  /** Whether another voice has taken over. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Whether there is a live line to be kept up to date. */
  public boolean isLive() {
    return live && !quiet;
  }

  /** The same without what would steer a terminal: some of it comes from the other side. */
  public static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " ");
  }

  /** Something worth knowing. */
  public synchronized void say(String text) {
    if (!quiet) {
      above(fitted(text));
    }
  }

  /** Something worth a second look. */
  public synchronized void note(String text) {
    if (!quiet) {
      above(marked("33", "note:", text));
    }
  }

  /** Something went wrong; said even when quiet. */
  public synchronized void error(String text) {
    above(marked("31", "error:", text));
  }

  /** A line that belongs to an error or to a question; said even when quiet. */
  public synchronized void insist(String text) {
    above(fitted(text));
  }

  /** Asks, and leaves the cursor behind the question. */
  synchronized void ask(String question) {
    err.print(coloured("1", question));
    err.flush();
  }

  /**
   * Puts a new text into the live line, or lines; does nothing where there is none.
   *
   * @param text no more lines than the smallest window has; they are cut to {@link #LIVE_WIDTH}
   */
  public synchronized void live(String text) {
    if (isLive() && !over) {
      err.print(erased());
      line = printable(text).replaceAll("(?m)^(.{" + (LIVE_WIDTH - 1) + "}).{2,}$", "$1…");
      err.print(NO_WRAP + line + WRAP);
      err.flush();
    }
  }

  /** Writes to standard output, which may be the same terminal: not into the live line. */
  synchronized void beside(Runnable write) {
    if (line.isEmpty() || over) {
      write.run();
      return;
    }
    err.print(erased());
    err.flush();
    try {
      write.run();
    } finally {
      err.print(NO_WRAP + line + WRAP);
      err.flush();
    }
  }

  /** Takes the live line away. */
  public synchronized void endLive() {
    if (!line.isEmpty()) {
      err.print(erased());
      line = "";
      err.flush();
    }
  }

  private void above(String text) {
    if (over) {
      return;
    }
    String safe = Access.withoutKeys(text);
    if (line.isEmpty()) {
      err.println(safe);
    } else {
      err.print(erased() + safe + System.lineSeparator() + NO_WRAP + line + WRAP);
    }
    err.flush();
  }

  /** What takes the live lines away, the cursor being at the end of the last. */
  private String erased() {
    long above = line.chars().filter(c -> c == '\n').count();
    return above == 0 ? REWRITE : "\r\033[" + above + "A\033[J";
  }

  private String marked(String code, String mark, String text) {
    return coloured(code, mark) + fitted(mark + " " + text).substring(mark.length());
  }

  /** Printable, and on a terminal broken between words; commands are left in one piece. */
  private String fitted(String text) {
    String printable = printable(text);
    boolean fits = !live || printable.lines().allMatch(one -> one.length() < LIVE_WIDTH);
    return fits
        ? printable
        : Paragraph.wrapped(
            printable, around.window().columns(), HANGING, Shell.quote(around.program()));
  }

  private String coloured(String code, String text) {
    return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
