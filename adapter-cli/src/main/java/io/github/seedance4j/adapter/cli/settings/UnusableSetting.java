package io.github.seedance4j.adapter.cli.settings;

/** A setting that can't be used; the message says where it is, what it is, and what is allowed. */
public final class UnusableSetting extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public UnusableSetting(String message) {
    super(message);
  }
}
