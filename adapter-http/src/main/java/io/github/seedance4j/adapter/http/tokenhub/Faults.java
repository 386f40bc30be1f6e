package io.github.seedance4j.adapter.http.tokenhub;

import static io.github.seedance4j.task.ProviderFault.Kind;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.Exchange;
import io.github.seedance4j.task.ProviderFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the provider's reasons and sorts them: by code, else by status, else by its words. The
 * codes are those of its upstream, Volcengine Ark; its own are not published.
 */
final class Faults {

  private static final int LONGEST = 500;
  private static final int LONGEST_CODE = 100;

  private static final Pattern REQUEST_ID =
      Pattern.compile("(?i)request[ _-]?id\\W{0,3}\\s*([A-Za-z0-9][A-Za-z0-9_-]{5,127})");

  private static final Pattern NO_CREDIT =
      Pattern.compile(
          "(?i)(insufficient|not enough|low|no)\\W+(\\w+\\W+)?(balance|credits?|funds|quota)");

  private static final Pattern MODERATED =
      Pattern.compile(
          "(input|output)(text|image|video|audio)(sensitivecontentdetected|riskdetection).*");

  /** The first that a code contains, in lower case without separators, decides. */
  private static final List<Row> BY_CODE =
      List.of(
          new Row("privacyinformation", Kind.REAL_PERSON),
          new Row("policyviolation", Kind.COPYRIGHT),
          new Row("copyright", Kind.COPYRIGHT),
          new Row("sensitivecontentdetected", Kind.INPUT_TEXT),
          new Row("overdue", Kind.BALANCE),
          new Row("insufficient", Kind.BALANCE),
          new Row("balance", Kind.BALANCE),
          new Row("paymentrequired", Kind.BALANCE),
          new Row("authentication", Kind.CREDENTIALS),
          new Row("unauthorized", Kind.CREDENTIALS),
          new Row("invalidaccountstatus", Kind.CREDENTIALS),
          new Row("apikey", Kind.CREDENTIALS),
          new Row("accessdenied", Kind.PERMISSION),
          new Row("operationdenied", Kind.PERMISSION),
          new Row("notopen", Kind.PERMISSION),
          new Row("accessdisabled", Kind.PERMISSION),
          new Row("permission", Kind.PERMISSION),
          new Row("forbidden", Kind.PERMISSION),
          new Row("ratelimit", Kind.RATE_LIMIT),
          new Row("quotaexceeded", Kind.RATE_LIMIT),
          new Row("serveroverloaded", Kind.RATE_LIMIT),
          new Row("requestbursttoofast", Kind.RATE_LIMIT),
          new Row("setlimitexceeded", Kind.RATE_LIMIT),
          new Row("inflightbatchsizeexceeded", Kind.RATE_LIMIT),
          new Row("toomanyrequests", Kind.RATE_LIMIT),
          new Row("notfound", Kind.NOT_FOUND),
          new Row("invalidparameter", Kind.INVALID_REQUEST),
          new Row("missingparameter", Kind.INVALID_REQUEST),
          new Row("invalidendpoint", Kind.INVALID_REQUEST),
          new Row("invalidimageurl", Kind.INVALID_REQUEST),
          new Row("invalidrequest", Kind.INVALID_REQUEST),
          new Row("internal", Kind.PROVIDER),
          new Row("servererror", Kind.PROVIDER),
          new Row("unavailable", Kind.PROVIDER));

  private Faults() {}

  /** The reason in an answer that is no success; empty if it gives none. */
  static Optional<ProviderFault> inAnswer(Exchange.Answered answer, ApiKey key) {
    return TokenHubJson.readObject(answer.body())
        .flatMap(body -> inBody(body, answer.status(), answer.requestId(), key));
  }

  /** The reason of a failed task; one without words where it gives none. */
  static ProviderFault inTask(JsonNode error, @Nullable String requestId, ApiKey key) {
    return of(error, 0, requestId, key)
        .orElseGet(() -> new ProviderFault(Kind.OTHER, null, null, clean(requestId, key)));
  }

  /** A reason made of a status alone. */
  static ProviderFault ofStatus(Exchange.Answered answer, ApiKey key) {
    return new ProviderFault(byStatus(answer.status()), null, null, clean(answer.requestId(), key));
  }

  static Kind classify(int status, @Nullable String code, @Nullable String message) {
    Kind kind = byCode(code);
    if (kind != null) {
      return kind;
    }
    if (message != null && NO_CREDIT.matcher(message).find()) {
      return Kind.BALANCE;
    }
    int number = code != null && code.matches("[45]\\d\\d") ? Integer.parseInt(code) : status;
    return byStatus(number);
  }

  private static Optional<ProviderFault> inBody(
      JsonNode body, int status, @Nullable String requestId, ApiKey key) {
    Optional<ProviderFault> nested = of(body.path("error"), status, requestId, key);
    return nested.isPresent() ? nested : of(body, status, requestId, key);
  }

  private static Optional<ProviderFault> of(
      JsonNode error, int status, @Nullable String requestId, ApiKey key) {
    String code = first(error.path("code"), error.path("status_code"));
    String type = TokenHubJson.text(error.path("type"));
    String message =
        TokenHubJson.text(error) != null
            ? TokenHubJson.text(error)
            : first(error.path("message"), error.path("msg"), error.path("detail"));
    if (message == null && error.path("detail").isContainer() && !error.path("detail").isEmpty()) {
      message = error.path("detail").toString();
    }
    if (code == null && message == null) {
      return Optional.empty();
    }
    Kind kind =
        classify(status, byCode(code) == null && byCode(type) != null ? type : code, message);
    String id = requestId;
    if (id == null) {
      id = first(error.path("request_id"), error.path("requestId"));
    }
    if (id == null && message != null) {
      Matcher tail = REQUEST_ID.matcher(message);
      id = tail.find() ? tail.group(1) : null;
    }
    String shownCode = clean(code, key);
    return Optional.of(
        new ProviderFault(
            kind,
            shownCode == null ? null : cut(shownCode, LONGEST_CODE),
            clean(message, key),
            clean(id, key)));
  }

  private static @Nullable String first(JsonNode... nodes) {
    return Stream.of(nodes)
        .flatMap(node -> Stream.ofNullable(TokenHubJson.word(node)))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Kind byCode(@Nullable String code) {
    if (code == null) {
      return null;
    }
    String plain = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    Matcher moderated = MODERATED.matcher(plain);
    boolean narrower = plain.contains("privacyinformation") || plain.contains("policyviolation");
    if (moderated.matches() && !narrower) {
      return Kind.valueOf((moderated.group(1) + "_" + moderated.group(2)).toUpperCase(Locale.ROOT));
    }
    return BY_CODE.stream()
        .filter(row -> plain.contains(row.part()))
        .map(Row::kind)
        .findFirst()
        .orElse(null);
  }

  private static Kind byStatus(int status) {
    return switch (status) {
      case 400, 413, 415, 422 -> Kind.INVALID_REQUEST;
      case 401 -> Kind.CREDENTIALS;
      case 402 -> Kind.BALANCE;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 429 -> Kind.RATE_LIMIT;
      default -> status >= 500 && status < 600 ? Kind.PROVIDER : Kind.OTHER;
    };
  }

  /** Without the key, without control characters, and short; in this order, or half a key stays. */
  private static @Nullable String clean(@Nullable String text, ApiKey key) {
    if (text == null) {
      return null;
    }
    String plain = key.redact(text).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return plain.isEmpty() ? null : cut(plain, LONGEST);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  private record Row(String part, Kind kind) {}
}
