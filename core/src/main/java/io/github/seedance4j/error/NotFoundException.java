package io.github.seedance4j.error;

/** Nobody knows a job or task of that id: not the journal, or not the provider. */
public final class NotFoundException extends GiveUpException {

  private static final long serialVersionUID = 1L;

  public NotFoundException(String message) {
    super(message, null);
  }
}
