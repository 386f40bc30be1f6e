package io.github.seedance4j.adapter.http;

import io.github.seedance4j.adapter.http.WireServer.Peer;
import io.github.seedance4j.adapter.http.WireServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy between a client and the fake provider that plays tricks on clips: one a download, in the
 * order in which they were given. It notes what the provider sent, whole, before any trick.
 */
final class RoughLine implements Closeable {

  private static final Pattern FILE = Pattern.compile("/files/([^/]+)/.*");

  private final WireServer server;
  private final Map<String, Queue<Stroke>> strokes = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> sent = new ConcurrentHashMap<>();
  private final Set<Trick> played = ConcurrentHashMap.newKeySet();

  /**
   * One trick to play.
   *
   * @param permille how far into the clip, or its head, where the trick has such a place
   */
  record Stroke(Trick trick, int permille) {

    int in(byte[] bytes) {
      return (int) ((long) bytes.length * permille / 1000);
    }
  }

  /** An answer of the provider's, taken apart. */
  record Reply(int status, String head, byte[] body, boolean whole) {

    static Reply of(byte[] raw) {
      String text = new String(raw, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return new Reply(0, text, new byte[0], false);
      }
      String head = text.substring(0, end + 2);
      byte[] body = Arrays.copyOfRange(raw, end + 4, raw.length);
      boolean chunked = header(head, "Transfer-Encoding").equalsIgnoreCase("chunked");
      boolean whole =
          chunked
              ? text.endsWith("0\r\n\r\n")
              : header(head, "Content-Length").equals(String.valueOf(body.length));
      return new Reply(
          Integer.parseInt(text.substring(9, 12)), head, chunked ? unchunked(body) : body, whole);
    }

    static String header(String head, String name) {
      Matcher line = Pattern.compile("(?im)^" + name + ": *(.*?) *$").matcher(head);
      return line.find() ? line.group(1) : "";
    }

    String header(String name) {
      return header(head, name);
    }

    private static byte[] unchunked(byte[] raw) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      String text = new String(raw, StandardCharsets.ISO_8859_1);
      for (int at = 0; at < raw.length; ) {
        int line = text.indexOf("\r\n", at);
        int size = line < 0 ? 0 : Integer.parseInt(text.substring(at, line), 16);
        if (size == 0) {
          break;
        }
        body.write(raw, line + 2, Math.min(size, raw.length - line - 2));
        at = line + 4 + size;
      }
      return body.toByteArray();
    }
  }

  RoughLine() throws IOException {
    this.server = new WireServer(this::carry);
  }

  /** To be the client's proxy. */
  URI uri() {
    return server.uri("");
  }

  /** From now on, for that task's clip. */
  void plays(String task, List<Stroke> tricks) {
    strokes.put(task, new ConcurrentLinkedQueue<>(tricks));
  }

  /** How many tricks are left to be played. */
  int left(String task) {
    Queue<Stroke> left = strokes.get(task);
    return left == null ? 0 : left.size();
  }

  /** The digests of all that the provider sent whole for that task. */
  Set<String> sent(String task) {
    return sent.getOrDefault(task, Set.of());
  }

  /** What was played at least once. */
  Set<Trick> played() {
    return Set.copyOf(played);
  }

  private void carry(Request request, Peer peer) throws Exception {
    URI url = URI.create(request.path());
    Matcher file = FILE.matcher(url.getPath());
    if (!file.matches()) {
      peer.send(forward(request, url, true));
      peer.drop();
      return;
    }
    Queue<Stroke> mine = strokes.getOrDefault(file.group(1), new ConcurrentLinkedQueue<>());
    Stroke stroke = mine.peek();
    boolean ranges = stroke == null || stroke.trick() != Trick.IGNORE_RANGE;
    byte[] raw = forward(request, url, ranges);
    Reply reply = Reply.of(raw);
    if (reply.whole() && reply.status() == 200) {
      sent.computeIfAbsent(file.group(1), task -> ConcurrentHashMap.newKeySet())
          .add(DownloadFixture.sha256(reply.body()));
    }
    boolean good = reply.whole() && (reply.status() == 200 || reply.status() == 206);
    if (stroke == null || !good || !stroke.trick().suits(reply.status())) {
      peer.send(raw); // as it came, which may be cut
      peer.drop();
      return;
    }
    mine.poll();
    played.add(stroke.trick());
    stroke.trick().play(reply, stroke, peer);
  }

  private static byte[] forward(Request request, URI url, boolean ranges) throws IOException {
    StringBuilder head = new StringBuilder();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    head.append(request.method()).append(' ').append(url.getRawPath()).append(query);
    head.append(" HTTP/1.1\r\nConnection: close\r\n");
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String name = header.getKey();
      if (!name.endsWith("connection") && (ranges || !name.endsWith("range"))) {
        head.append(name).append(": ").append(header.getValue()).append("\r\n");
      }
    }
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write((head + "\r\n" + request.body()).getBytes(StandardCharsets.UTF_8));
      byte[] buffer = new byte[16_384];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
        raw.write(buffer, 0, n);
      }
    } catch (IOException e) {
      return raw.toByteArray(); // the fake has its own tricks
    }
    return raw.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
