package io.github.seedance4j.adapter.cli.settings;

/** How wide the terminal is just now. */
@FunctionalInterface
public interface Window {

  /** Where nobody knows. */
  Window UNKNOWN = () -> 0;

  /** Columns, or 0 where that is not known; may take some milliseconds. */
  int columns();
}
