package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * {@code GET /openapi.json}: every operation, in OpenAPI 3.1. Written by hand; tests hold it
 * against {@link Routes}, and whatever the gateway answers against it.
 */
final class ApiDocument {

  private final byte[] body;

  ApiDocument() {
    try (InputStream file = ApiDocument.class.getResourceAsStream("openapi.json")) {
      this.body = Objects.requireNonNull(file, "openapi.json").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the request. */
  void tell(Context request, Caller caller) {
    request.contentType(Json.CONTENT_TYPE).result(body);
  }
}
