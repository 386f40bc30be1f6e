package io.github.seedance4j.adapter.rest.exchange;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * One operation of the API.
 *
 * @param path with its parameters in braces, as in the OpenAPI document
 * @param operation its name there
 * @param access who may call it
 * @param endpoint what it does
 */
public record Route(
    HandlerType method, String path, String operation, Access access, Endpoint endpoint) {

  /** Who may call an operation. */
  public enum Access {
    /** Anybody. */
    OPEN,
    /** Whoever has a link that we signed, and whoever has a key. */
    SIGNED,
    /** Whoever has a key, for what is its tenant's. */
    KEY,
    /** Whoever has an admin's key. */
    ADMIN
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Endpoint {

    /**
     * Writes the answer, or throws what is made one: {@link Refusal}, and core's own exceptions.
     *
     * @param caller {@link Caller#nobody} where no key was shown, or needed
     */
    void answer(Context request, Caller caller) throws Exception;
  }
}
