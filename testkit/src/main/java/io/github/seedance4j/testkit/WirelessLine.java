package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.ConnectionFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from a client in the same process to the fake's desks: what {@link HubServer}, {@link
 * Routes} and {@link ReplyWriter} are over HTTP, without bytes or waiting. Each call is a
 * connection of its own. Thread-safe.
 */
final class WirelessLine {

  /** Longer answers than this are not read. */
  private static final int MOST_BODY_BYTES = 1 << 20;

  private final Ends ends;
  private final Script script;
  private final Strikes strikes;
  private final BooleanSupplier refuses;
  private final Clock clock;

  /** Whom it leads to. */
  record Ends(TaskDesk desk, ClipFiles files, RequestLog log, Names names) {}

  WirelessLine(Ends ends, Script script, Strikes strikes, BooleanSupplier refuses, Clock clock) {
    this.ends = ends;
    this.script = script;
    this.strikes = strikes;
    this.refuses = refuses;
    this.clock = clock;
  }

  /** What comes back. */
  sealed interface Heard {}

  /** Nobody listens. */
  record Refused() implements Heard {}

  /** A connection, but no answer. */
  record Lost(String why) implements Heard {}

  /**
   * An answer that came whole.
   *
   * @param tree the object in its body; empty where there is none, or too much of it
   */
  record Said(int status, Map<String, String> headers, Map<?, ?> tree, String requestId)
      implements Heard {

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** The beginning of a file's answer, its body to come. */
  record File(Answer.Reply reply, String requestId) implements Heard {}

  Instant now() {
    return clock.instant();
  }

  Heard create(String key, byte[] body) {
    Heard trouble = connected();
    if (trouble != null) {
      return trouble;
    }
    boolean accepted = Routes.keyAccepted(key);
    ends.log.createBegun();
    Script.Luck luck = accepted ? ends.desk.createBegun() : Script.Luck.NONE;
    if (luck.reset() != null) {
      return new Lost("the connection was reset");
    }
    String requestId = ends.names.request();
    return heard(
        answered(() -> ends.desk.create(accepted, body, luck, requestId), requestId), requestId);
  }

  Heard status(String key, String task) {
    Heard trouble = connected();
    if (trouble != null) {
      return trouble;
    }
    String requestId = ends.names.request();
    boolean accepted = Routes.keyAccepted(key);
    return heard(answered(() -> ends.desk.status(accepted, task, requestId), requestId), requestId);
  }

  /**
   * A GET of a file.
   *
   * @param range the header; null for the whole
   * @param etag what the range belongs to
   */
  Heard file(URI link, @Nullable String range, @Nullable String etag) {
    Heard trouble = connected();
    if (trouble != null) {
      return trouble;
    }
    String requestId = ends.names.request();
    String path = link.getRawPath() == null ? "" : link.getRawPath();
    Answer answer =
        ClipFiles.isFile(path)
            ? ends.files.answer(
                new ClipFiles.Request(
                    "GET",
                    path,
                    link.getRawQuery(),
                    ends.desk::task,
                    name -> name.equals("Range") ? range : name.equals("If-Range") ? etag : null,
                    requestId))
            : Answer.error(404, "NotFound", "There is nothing at this path.", requestId);
    return answer instanceof Answer.Reply reply
        ? new File(reply, requestId)
        : heard(answer, requestId);
  }

  /** How many frames the clip of a task has, at 24 a second. */
  Optional<Integer> frames(String task) {
    return ends.desk.booked(task).map(booked -> booked.made().frames());
  }

  private @Nullable Heard connected() {
    if (refuses.getAsBoolean()) {
      return new Refused();
    }
    ConnectionFault fault = script.connection();
    if (fault == null) {
      return null;
    }
    strikes.add(fault);
    return new Lost("the connection was accepted, and then nothing came");
  }

  /** What goes wrong in the fake itself is an answer, as it is over HTTP. */
  private static Answer answered(Supplier<Answer> desk, String requestId) {
    try {
      return desk.get();
    } catch (RuntimeException e) {
      return Conversation.failed(e, requestId);
    }
  }

  private static Heard heard(Answer answer, String requestId) {
    if (answer instanceof Answer.Reset) {
      return new Lost("the connection was reset");
    }
    if (answer instanceof Answer.Close) {
      return new Lost("the connection was closed");
    }
    if (answer instanceof Answer.Hang) {
      return new Lost("no answer came");
    }
    if (!(answer instanceof Answer.Reply reply)) {
      return new Lost("what came is not HTTP");
    }
    Delivery delivery = reply.delivery();
    if (delivery instanceof Delivery.CutInBody
        || delivery instanceof Delivery.CutInHead
        || delivery instanceof Delivery.FloodsHead
        || delivery instanceof Delivery.Drips) {
      return new Lost("the answer did not come whole");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(reply.headers());
    return new Said(reply.status(), headers, tree(reply.body()), requestId);
  }

  private static Map<?, ?> tree(Body body) {
    Bounded bounded = new Bounded();
    try {
      body.writeTo(bounded);
    } catch (IOException e) {
      return Map.of();
    }
    return WireReading.object(bounded.bytes.toByteArray());
  }

  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      if (bytes.size() + length > MOST_BODY_BYTES) {
        throw new IOException("longer than " + MOST_BODY_BYTES);
      }
      bytes.write(some, from, length);
    }
  }
}
