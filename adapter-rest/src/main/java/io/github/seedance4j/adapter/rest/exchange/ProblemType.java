package io.github.seedance4j.adapter.rest.exchange;

import java.util.Locale;

/** Every kind of problem that an answer can tell of, by what its caller can do about it. */
public enum ProblemType {
  INVALID_REQUEST(400, "The request breaks the rules", "invalid_request_error"),
  KEY_REQUIRED(401, "A key is needed", "authentication_error"),
  KEY_UNKNOWN(401, "The key does not count", "authentication_error"),
  OVER_BUDGET(402, "It costs more than is left", "insufficient_quota"),
  NO_CREDIT(402, "The provider's account has no credit", "insufficient_quota"),
  ADMIN_ONLY(403, "This takes an admin's key", "permission_error"),
  LINK_REFUSED(403, "The link is not good", "permission_error"),
  NOT_FOUND(404, "There is no such thing", "not_found_error"),
  METHOD_NOT_ALLOWED(405, "Not in this way", "invalid_request_error"),
  NOT_READY(409, "Not yet", "conflict_error"),
  IN_FLIGHT(409, "The same request is being answered", "conflict_error"),
  NOTHING_TO_RESOLVE(409, "There is nothing to resolve", "conflict_error"),
  GONE(410, "It was kept no longer", "not_found_error"),
  PRECONDITION_FAILED(412, "It is not that one any more", "conflict_error"),
  TOO_LARGE(413, "Too large", "invalid_request_error"),
  UNSUPPORTED_MEDIA_TYPE(415, "Not in this format", "invalid_request_error"),
  RANGE_NOT_SATISFIABLE(416, "There is no such part", "invalid_request_error"),
  KEY_REUSED(422, "The idempotency key belongs to another request", "invalid_request_error"),
  RATE_LIMITED(429, "Too many requests", "rate_limit_error"),
  PROVIDER_REFUSED(400, "The provider refused it", "invalid_request_error"),
  PROVIDER_ACCOUNT(502, "The provider refused the gateway's own account", "api_error"),
  PROVIDER_FAILED(502, "The provider gave no usable answer", "api_error"),
  DISK_LOW(503, "There is no room for another clip", "api_error"),
  DRAINING(503, "The gateway is ending", "api_error"),
  BUSY(503, "The gateway is busy", "api_error"),
  UNAVAILABLE(503, "Not possible just now", "api_error"),
  INTERNAL(500, "The gateway failed", "api_error");

  private final int status;
  private final String title;
  private final String errorType;

  ProblemType(int status, String title, String errorType) {
    this.status = status;
    this.title = title;
    this.errorType = errorType;
  }

  /** The HTTP status that it has. */
  public int status() {
    return status;
  }

  /** What it is, in English; the same for all of its kind. */
  public String title() {
    return title;
  }

  /** The word of the provider's own errors for this kind. */
  String errorType() {
    return errorType;
  }

  /** Its name for programs, such as {@code over-budget}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Identifies it, as RFC 9457 asks; nothing is to be found there. */
  String uri() {
    return "urn:seedance4j:problem:" + code();
  }
}
