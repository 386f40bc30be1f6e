package io.github.seedance4j.adapter.rest.server;

/** What the gateway says in place of Jetty's own error pages, as {@code problem+json}. */
@FunctionalInterface
public interface ErrorBody {

  /**
   * The body of that refusal, in UTF-8. Called on threads that serve everyone: it must not block.
   *
   * @param status the status, 400 to 599
   * @param detail a sentence for people, which holds nothing of what the client sent
   */
  byte[] of(int status, String detail);
}
