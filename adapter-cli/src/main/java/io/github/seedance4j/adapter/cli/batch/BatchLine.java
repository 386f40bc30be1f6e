package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.media.InputMedia;
import org.jspecify.annotations.Nullable;

/**
 * One request of a batch file.
 *
 * @param number the line that it begins on, counted from 1
 * @param id the name that its author gave it; null for none
 * @param out where its clip goes, below the output directory; null for a name of our own
 * @param media what is asked for, with the files that go into it
 */
public record BatchLine(int number, @Nullable String id, @Nullable String out, InputMedia media) {

  /** The number of one that was typed, and is in no file. */
  public static final int NO_FILE = 0;

  /** Whether it is of a file, which can be run again. */
  boolean isOfFile() {
    return number != NO_FILE;
  }

  /**
   * Why a line of a file can't be sent.
   *
   * @param code a stable word for programs
   */
  record Problem(int number, String code, String text) {}
}
