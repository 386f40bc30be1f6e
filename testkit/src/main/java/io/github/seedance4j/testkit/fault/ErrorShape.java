package io.github.seedance4j.testkit.fault;

/** How an error is put into words on the wire. */
public enum ErrorShape {
  /**
   * Upstream's: {@code {"error":{"code","message","param","type"}}}, in a failed task {@code code}
   * and {@code message} only.
   */
  FULL,
  /** {@code {"error":{"message"}}}. */
  MESSAGE_ONLY,
  /** {@code {"error":"text"}}. */
  TEXT,
  /** {@code {"error":null}}. */
  NULL,
  /** A web page, as a proxy in between sends it; of an answer only, not of a failed task. */
  HTML,
  /** No body at all; of an answer only, not of a failed task. */
  EMPTY
}
