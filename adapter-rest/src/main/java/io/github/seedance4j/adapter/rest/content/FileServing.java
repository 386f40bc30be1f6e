package io.github.seedance4j.adapter.rest.content;

import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Problems;
import io.github.seedance4j.adapter.rest.server.FileContent;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers with files that never change under their names, whole or in part, by RFC 9110: ranges,
 * {@code If-Range}, {@code If-Match}, {@code If-None-Match}. The server sends them, a piece at a
 * time and without a thread, and answers 503 where it sends too many already. Thread-safe.
 */
public final class FileServing {

  private FileServing() {}

  /**
   * What a file is served as.
   *
   * @param type its media type
   * @param tag what tells it from every other one, in quotes: a strong {@code ETag}
   * @param name what a browser saves it as
   */
  public record Face(String type, String tag, String name) {}

  /**
   * Answers with that file, and closes it whatever comes.
   *
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal if it is not the one that {@code
   *     If-Match} asks for
   */
  public static void answer(Context request, OpenFile file, Face face) {
    boolean sent = false;
    try {
      sent = begin(request, file, face);
    } finally {
      if (!sent) {
        file.close();
      }
    }
  }

  /** Whether it is left to the server, which closes it at the answer's end. */
  private static boolean begin(Context request, OpenFile file, Face face) {
    if (request.header("If-Match") != null && !names(request.header("If-Match"), face.tag())) {
      throw Problem.of(ProblemType.PRECONDITION_FAILED, "If-Match names another file.").refusal();
    }
    boolean known = names(request.header("If-None-Match"), face.tag());
    Optional<ByteRange> part = known ? Optional.empty() : part(request, file, face);
    if (part.isPresent() && !part.get().exists()) {
      request.header("Content-Range", "bytes */" + file.size());
      Problems.answer(
          request,
          Problem.of(ProblemType.RANGE_NOT_SATISFIABLE, "The file has " + file.size() + " bytes."));
      return false;
    }
    describe(request, face);
    if (known) {
      request.status(304);
      return false;
    }
    ByteRange bytes = part.orElse(new ByteRange(0, file.size()));
    part.ifPresent(range -> request.header("Content-Range", range.of(file.size())));
    request.status(part.isPresent() ? 206 : 200).contentType(face.type());
    FileContent.send(request.req(), file.channel(), bytes.from(), bytes.length());
    return true;
  }

  private static Optional<ByteRange> part(Context request, OpenFile file, Face face) {
    String condition = request.header("If-Range");
    boolean holds = condition == null || condition.strip().equals(face.tag());
    return holds && HandlerType.GET.equals(request.method())
        ? ByteRange.of(request.header("Range"), file.size())
        : Optional.empty();
  }

  private static void describe(Context request, Face face) {
    boolean save = "true".equals(request.queryParam("download"));
    request
        .header("ETag", face.tag())
        .header("Accept-Ranges", "bytes")
        .header("Cache-Control", "private")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header(
            "Content-Disposition",
            (save ? "attachment" : "inline") + "; filename=\"" + face.name() + "\"");
  }

  private static boolean names(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .map(entry -> entry.startsWith("W/") ? entry.substring(2) : entry)
            .anyMatch(entry -> entry.equals("*") || entry.equals(tag));
  }
}
