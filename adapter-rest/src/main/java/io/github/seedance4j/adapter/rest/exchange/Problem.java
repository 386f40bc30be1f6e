package io.github.seedance4j.adapter.rest.exchange;

import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered as it wanted to be: {@code application/problem+json} of RFC 9457,
 * with the provider's own {@code error} beside it for clients that expect that.
 *
 * @param detail one or two sentences on this very case
 * @param violations what has to change, all of it
 * @param retryAfter when to come back; null where that does not help
 * @param code the provider's code, where it gave one; null for ours
 * @param more further members
 */
public record Problem(
    ProblemType type,
    String detail,
    List<Violation> violations,
    @Nullable Duration retryAfter,
    @Nullable String code,
    Map<String, Object> more) {

  /** The format of all problems. */
  public static final String CONTENT_TYPE = "application/problem+json";

  public Problem {
    violations = List.copyOf(violations);
    more = Map.copyOf(more);
  }

  /**
   * One thing that has to change.
   *
   * @param code for programs
   * @param path where, in the wire's own names; empty where no one field is at fault
   * @param message for people, in their language
   */
  public record Violation(String code, String path, String message) {

    /** As it is written. */
    public Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("code", code);
      tree.put("path", path);
      tree.put("message", message);
      return tree;
    }
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), null, null, Map.of());
  }

  public static Problem of(List<Violation> violations) {
    String first = violations.get(0).message();
    String detail =
        violations.size() == 1 ? first : first + " (" + (violations.size() - 1) + " more)";
    return new Problem(ProblemType.INVALID_REQUEST, detail, violations, null, null, Map.of());
  }

  public Problem retryAfter(@Nullable Duration time) {
    return new Problem(type, detail, violations, time, code, more);
  }

  public Problem code(@Nullable String code) {
    return new Problem(type, detail, violations, retryAfter, code, more);
  }

  public Problem with(String name, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(name, value);
    return new Problem(type, detail, violations, retryAfter, code, members);
  }

  /** For an endpoint to throw. */
  public Refusal refusal() {
    return new Refusal(this);
  }

  /** The body. */
  public byte[] body() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", type.uri());
    tree.put("title", type.title());
    tree.put("status", type.status());
    tree.put("detail", detail);
    if (!violations.isEmpty()) {
      tree.put("violations", violations.stream().map(Violation::tree).toList());
    }
    tree.putAll(more);
    tree.put("error", error());
    return Json.write(tree);
  }

  /**
   * The body for what the server itself refuses, where no endpoint was asked.
   *
   * @param detail a sentence, without anything that the client sent
   */
  public static byte[] bare(int status, String detail) {
    String title = HttpStatus.forStatus(status).getMessage();
    String type = status < 500 ? "invalid_request_error" : "api_error";
    return Json.write(
        Json.tree(
            "type",
            "about:blank",
            "title",
            title,
            "status",
            status,
            "detail",
            detail,
            "error",
            Json.tree("code", "http-" + status, "message", detail, "type", type)));
  }

  private Map<String, Object> error() {
    Violation first = violations.isEmpty() ? null : violations.get(0);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code != null ? code : first == null ? type.code() : first.code());
    error.put("message", detail);
    if (first != null && !first.path().isEmpty()) {
      error.put("param", first.path());
    }
    error.put("type", type.errorType());
    return error;
  }
}
