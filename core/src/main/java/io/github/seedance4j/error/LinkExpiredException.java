package io.github.seedance4j.error;

/** A clip's link is dead: the provider answers, but not with the clip. */
public final class LinkExpiredException extends GiveUpException {

  private static final long serialVersionUID = 1L;

  public LinkExpiredException(String message) {
    super(message, null);
  }
}
