package io.github.seedance4j.media;

import java.io.IOException;

/** A medium whose header can't be read; the message says why, and fits behind its name. */
public final class UnreadableMediaException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableMediaException(String why) {
    super(why);
  }
}
