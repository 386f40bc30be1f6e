package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The fake's own door, beside the provider's API: state, ledger, faults, clock and page under
 * {@code /_fake}, for programs in any language. It takes no key, for it listens on loopback only;
 * but a page of another site that is open in a browser of this machine must neither script it nor
 * read from it, hence the checks of Host, Origin and Content-Type. Thread-safe.
 */
final class AdminPath {

  static final String ROOT = "/_fake";
  static final String CLIPS = ROOT + "/clips/";

  private static final int MOST_BODY_BYTES = 1 << 20;
  private static final int LONGEST_SENTENCE = 1_000;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");
  private static final Pattern CLIP = Pattern.compile(CLIPS + "([^/]+)\\.mp4");
  private static final Map<String, String> FRESH =
      Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

  private final AdminState state;
  private final AdminFaults faults;
  private final AdminClock clock;

  AdminPath(AdminState state, AdminFaults faults, AdminClock clock) {
    this.state = state;
    this.faults = faults;
    this.clock = clock;
  }

  static boolean owns(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  Answer answer(ClassicHttpRequest request, String requestId) throws IOException {
    try {
      requireLocal(request);
      return routed(request, requestId);
    } catch (Refused e) {
      return Answer.error(
          e.status, e.code, String.valueOf(e.getMessage()), null, requestId, e.headers, Map.of());
    } catch (IllegalArgumentException e) {
      return Answer.error(400, "InvalidParameter", sentence(e), requestId);
    }
  }

  private Answer routed(ClassicHttpRequest request, String requestId) throws IOException {
    String path = Routes.path(request);
    if (path.equals(ROOT) || path.equals(ROOT + "/")) {
      requireMethod(request, "GET", "HEAD");
      return StatusPage.answer();
    }
    Matcher clip = CLIP.matcher(path);
    if (clip.matches()) {
      requireMethod(request, "GET", "HEAD");
      return state.clip(clip.group(1), path, name -> Routes.header(request, name), requestId);
    }
    switch (path.substring(ROOT.length())) {
      case "/state" -> {
        requireMethod(request, "GET");
        return json(state.tree(clock.tree(), faults.scripted()));
      }
      case "/ledger" -> {
        requireMethod(request, "GET");
        return ledger(numbers(Routes.query(request)));
      }
      case "/faults" -> {
        requireMethod(request, "GET", "POST", "DELETE");
        if (request.getMethod().equals("POST")) {
          faults.script(tree(request));
        } else if (request.getMethod().equals("DELETE")) {
          // without a body, and so without its type: browsers ask first whether a page may
          faults.clear();
        }
        return json(faults.tree());
      }
      case "/clock" -> {
        requireMethod(request, "GET", "POST");
        if (request.getMethod().equals("POST")) {
          clock.move(tree(request));
        }
        return json(clock.tree());
      }
      default ->
          throw new Refused(
              404,
              "NotFound",
              "There is nothing at this path; there is "
                  + ROOT
                  + " (the page), state, ledger, faults, clock and clips/ID.mp4 below it.");
    }
  }

  private Answer ledger(Map<String, Integer> query) {
    int last = query.getOrDefault("last", Integer.MAX_VALUE);
    int least = query.getOrDefault("least", 0);
    Duration wait = Duration.ofSeconds(query.getOrDefault("wait", 0));
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "wait: " + LONGEST_WAIT.toSeconds() + " seconds at most, not " + wait.toSeconds());
    }
    Map<String, String> headers = new LinkedHashMap<>(FRESH);
    headers.put("Content-Type", "application/x-ndjson");
    return Answer.text(200, headers, state.ledger(last, least, wait));
  }

  private static Map<String, Integer> numbers(@Nullable String query) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      if (!part.matches("(last|least|wait)=[0-9]{1,9}")) {
        throw new IllegalArgumentException(
            "The query: last, least or wait (seconds), each with a whole number, not "
                + JsonWriter.write(part));
      }
      numbers.put(
          part.substring(0, part.indexOf('=')),
          Integer.valueOf(part.substring(part.indexOf('=') + 1)));
    }
    return numbers;
  }

  private static Answer json(Map<String, ?> tree) {
    return Answer.json(200, FRESH, tree);
  }

  /** The body of a request that changes something. */
  private static Map<?, ?> tree(ClassicHttpRequest request) throws IOException {
    requireOwn(request);
    byte[] body = Routes.body(request.getEntity(), MOST_BODY_BYTES);
    if (body == null) {
      throw new Refused(413, "RequestTooLarge", "The body is larger than 1 MiB.");
    }
    Object tree;
    try {
      tree = JsonReader.read(body).tree();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The body is " + e.getMessage(), e);
    }
    if (tree instanceof Map<?, ?> fields) {
      return fields;
    }
    throw new IllegalArgumentException("The body is JSON, but not an object");
  }

  private static void requireMethod(ClassicHttpRequest request, String... methods) {
    if (!Set.of(methods).contains(request.getMethod())) {
      String allowed = String.join(", ", methods);
      throw new Refused(
          405, "MethodNotAllowed", "This path takes " + allowed + ".", Map.of("Allow", allowed));
    }
  }

  /** A name that somebody else made to point at us is no name of ours. */
  private static void requireLocal(ClassicHttpRequest request) {
    String host = Objects.requireNonNullElse(Routes.header(request, "Host"), "localhost");
    String origin = Routes.header(request, "Origin");
    if (!LOCAL_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
      throw new Refused(
          403,
          "AccessDenied",
          "Only 127.0.0.1 and localhost may be asked for here, not " + host + ".");
    }
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      throw new Refused(403, "AccessDenied", "Pages of " + origin + " may not ask here.");
    }
  }

  /** A page of another site can send this type only where it is allowed to, and it isn't. */
  private static void requireOwn(ClassicHttpRequest request) {
    String type = Objects.requireNonNullElse(Routes.header(request, "Content-Type"), "");
    if (!type.toLowerCase(Locale.ROOT).matches("\\s*application/json\\s*(;.*)?")) {
      throw new Refused(415, "UnsupportedMediaType", "Say Content-Type: application/json, please.");
    }
  }

  private static String sentence(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    if (message.length() > LONGEST_SENTENCE) {
      return message.substring(0, LONGEST_SENTENCE) + "…";
    }
    return message.endsWith(".") ? message : message + ".";
  }

  /** What the request asks for can't be had. */
  @SuppressWarnings("serial")
  private static final class Refused extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, String> headers;

    Refused(int status, String code, String message) {
      this(status, code, message, Map.of());
    }

    Refused(int status, String code, String message, Map<String, String> headers) {
      super(message, null, false, false);
      this.status = status;
      this.code = code;
      this.headers = headers;
    }
  }
}
