package io.github.seedance4j.adapter.rest.events;

import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.job.JobEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One event on its way to one client.
 *
 * @param subject what it is about: a newer one on the same takes its place while it waits
 * @param bytes as it is sent; made when it is
 */
record Frame(String subject, Supplier<byte[]> bytes) {

  /** Says that a stream is alive. */
  static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private static final int RETRY_MILLIS = 2_000;
  private static final byte[] NOTHING = {'{', '}'};

  /** A job's newest state. */
  static Frame of(Change change, String id) {
    return new Frame(change.job().id().value(), () -> event(id, "generation", change.json()));
  }

  /** How far a clip's download is; no id, since nobody need hear of it later. */
  static Frame progress(JobEvent event, JobEvent.Progress progress) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", event.job().id().value());
    tree.put("bytes", progress.bytes());
    Long total = progress.total();
    if (total != null) {
      tree.put("total", total);
    }
    return new Frame(
        "progress of " + event.job().id(), () -> event("", "progress", Json.write(tree)));
  }

  /** The first thing that a client gets: when to come back if it is cut off. */
  static Frame hello() {
    byte[] text = ("retry: " + RETRY_MILLIS + "\n\n").getBytes(StandardCharsets.UTF_8);
    return new Frame("hello", () -> text);
  }

  /** From where a stream goes on, even if nothing was ever told. */
  static Frame ready(String id) {
    return new Frame("ready", () -> event(id, "ready", NOTHING));
  }

  /** Something was missed that can't be told: the client has to list anew. */
  static Frame reset(String id) {
    return new Frame("reset", () -> event(id, "reset", NOTHING));
  }

  private static byte[] event(String id, String name, byte[] data) {
    String head = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: ";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(data.length + 64);
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(data);
    bytes.writeBytes(new byte[] {'\n', '\n'});
    return bytes.toByteArray();
  }
}
