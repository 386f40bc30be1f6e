package io.github.seedance4j.adapter.cli.settings;

import org.jspecify.annotations.Nullable;

/** Asks a person for what nobody may see on the screen. */
@FunctionalInterface
public interface HiddenLine {

  /** Nobody can be asked that way. */
  HiddenLine NOBODY = question -> null;

  /** What was typed, unseen; null where there is no terminal for that, or nothing came. */
  @Nullable String ask(String question);
}
