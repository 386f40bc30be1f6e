package io.github.seedance4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Who answers what: paths, methods, keys, the limit of a body. Thread-safe. */
final class Routes {

  static final String BASE = "/api/v1";

  /** Where redirects lead: nothing is there, but who comes is counted. */
  static final String ELSEWHERE = "/elsewhere";

  private static final String GENERATIONS = BASE + "/videos/generations";
  private static final String STATUS = GENERATIONS + "/";
  private static final int MOST_BODY_BYTES = 64 << 20;

  private final TaskDesk desk;
  private final ClipFiles files;
  private final RequestLog log;
  private final AdminPath admin;

  Routes(TaskDesk desk, ClipFiles files, RequestLog log, AdminPath admin) {
    this.desk = desk;
    this.files = files;
    this.log = log;
    this.admin = admin;
  }

  /** Called as soon as a head is read, whether or not a body follows. */
  Script.Luck headRead(ClassicHttpRequest request) {
    log.headRead(request);
    if ("POST".equals(request.getMethod()) && GENERATIONS.equals(path(request))) {
      log.createBegun();
      if (keyAccepted(request)) {
        return desk.createBegun();
      }
    }
    return Script.Luck.NONE;
  }

  /** Reads what is left of the request, as far as it matters, and finds its answer. */
  Answer answer(ClassicHttpRequest request, Script.Luck luck, String requestId) throws IOException {
    String path = path(request);
    String method = request.getMethod();
    if (path.equals(GENERATIONS)) {
      return method.equals("POST")
          ? create(request, luck, requestId)
          : wrongMethod("POST", requestId);
    }
    if (isStatus(path)) {
      return method.equals("GET")
          ? desk.status(keyAccepted(request), path.substring(STATUS.length()), requestId)
          : wrongMethod("GET", requestId);
    }
    if (ClipFiles.isFile(path)) {
      return method.equals("GET") || method.equals("HEAD")
          ? files.answer(
              new ClipFiles.Request(
                  method,
                  path,
                  query(request),
                  desk::task,
                  name -> header(request, name),
                  requestId))
          : wrongMethod("GET, HEAD", requestId);
    }
    if (AdminPath.owns(path)) {
      return admin.answer(request, requestId);
    }
    if (path.equals("/") && method.equals("GET") && fromBrowser(request)) {
      return Answer.text(302, Map.of("Location", AdminPath.ROOT), "");
    }
    if (path.startsWith(ELSEWHERE + "/")) {
      log.redirectFollowed();
    }
    String message =
        path.equals("/")
            ? "There is nothing at this path; " + AdminPath.ROOT + " shows what is in the sandbox."
            : "There is nothing at this path.";
    return Answer.error(404, "NotFound", message, requestId);
  }

  private static boolean fromBrowser(ClassicHttpRequest request) {
    String accepted = header(request, "Accept");
    return accepted != null && accepted.contains("text/html");
  }

  private static boolean isStatus(String path) {
    return path.startsWith(STATUS)
        && path.length() > STATUS.length()
        && path.indexOf('/', STATUS.length()) < 0;
  }

  private Answer create(ClassicHttpRequest request, Script.Luck luck, String requestId)
      throws IOException {
    byte[] body = body(request.getEntity(), MOST_BODY_BYTES);
    if (body == null) {
      return Answer.error(
          413, "RequestTooLarge", "The request body is larger than 64 MiB.", requestId);
    }
    return desk.create(keyAccepted(request), body, luck, requestId);
  }

  /**
   * The whole body; null if it is too large. It is read on to its end then, for else a client could
   * miss the answer.
   */
  static byte @Nullable [] body(@Nullable HttpEntity entity, int most) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    try (InputStream in = entity.getContent()) {
      if (entity.getContentLength() <= most) {
        byte[] body = in.readNBytes(most);
        if (body.length < most || in.read() < 0) {
          return body;
        }
      }
      in.transferTo(OutputStream.nullOutputStream());
      return null;
    }
  }

  private static Answer wrongMethod(String allowed, String requestId) {
    return Answer.error(
        405,
        "MethodNotAllowed",
        "This path takes " + allowed + ".",
        null,
        requestId,
        Map.of("Allow", allowed),
        Map.of());
  }

  private static boolean keyAccepted(ClassicHttpRequest request) {
    String authorization = header(request, "Authorization");
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && keyAccepted(authorization.substring(7).strip());
  }

  static boolean keyAccepted(String key) {
    return key.startsWith("th-");
  }

  static @Nullable String header(ClassicHttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  static String path(ClassicHttpRequest request) {
    String path = request.getPath();
    int query = path == null ? -1 : path.indexOf('?');
    return path == null ? "" : query < 0 ? path : path.substring(0, query);
  }

  static @Nullable String query(ClassicHttpRequest request) {
    String path = request.getPath();
    int query = path == null ? -1 : path.indexOf('?');
    return query < 0 ? null : path.substring(query + 1);
  }
}
