package io.github.seedance4j.adapter.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sends what no HTTP library would, byte for byte, on a connection of its own. Not thread-safe. */
final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final URI address;
  private Socket socket;
  private InputStream in;

  RawHttp(URI address) {
    this.address = address;
  }

  /** A request as it goes out, but for Host and Content-Length. */
  record Request(String method, String target, List<String> headers, byte[] body) {

    Request {
      headers = List.copyOf(headers);
    }

    /** The address without its query, as it is written. */
    String path() {
      return target.replaceAll("[?#].*", "");
    }

    @Override
    public String toString() {
      String text = new String(body, StandardCharsets.UTF_8);
      return method
          + " "
          + shortened(target)
          + " "
          + headers.stream()
              .filter(header -> !header.startsWith("Authorization"))
              .map(Request::shortened)
              .toList()
          + " "
          + shortened(text);
    }

    private static String shortened(String text) {
      return text.length() > 700 ? text.substring(0, 700) + "… (" + text.length() + ")" : text;
    }
  }

  /** What came back. */
  record Reply(int status, List<String> headers, byte[] body) {

    /** The first of that name; empty if there is none. */
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
          .map(header -> header.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }

    boolean isEndless() {
      return header("Content-Type").startsWith("text/event-stream");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      String text = text();
      return status + " " + (text.length() > 600 ? text.substring(0, 600) + "…" : text);
    }
  }

  Reply send(Request request) throws IOException {
    boolean used = socket != null;
    if (!used) {
      open();
    }
    Reply reply;
    try {
      socket.getOutputStream().write(bytes(request));
      socket.getOutputStream().flush();
      reply = reply(request);
    } catch (IOException e) {
      close();
      if (used) {
        return send(request); // it had closed meanwhile; if it had not, a ledger will tell
      }
      throw e;
    }
    if (!reply.header("Connection").isEmpty() || reply.isEndless()) {
      close();
    }
    return reply;
  }

  private void open() throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  private byte[] bytes(Request request) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(address.getAuthority()).append("\r\n");
    request.headers().forEach(header -> head.append(header).append("\r\n"));
    boolean bodiless = request.body().length == 0 && !request.method().equals("POST");
    if (!bodiless) {
      head.append("Content-Length: ").append(request.body().length).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // what is no byte of Latin-1 goes out in UTF-8
    boolean latin = head.chars().allMatch(c -> c <= 0xFF);
    out.write(
        head.append("\r\n")
            .toString()
            .getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    out.write(request.body());
    return out.toByteArray();
  }

  private Reply reply(Request request) throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
    }
    Reply head = new Reply(Integer.parseInt(status.split(" ")[1]), headers, new byte[0]);
    if (head.status() < 200) {
      return reply(request);
    }
    byte[] body;
    boolean bodiless = request.method().equals("HEAD") || head.isEndless();
    if (bodiless || Set.of(204, 304).contains(head.status())) {
      body = new byte[0];
    } else if (head.header("Transfer-Encoding").equals("chunked")) {
      body = chunks();
    } else {
      String length = head.header("Content-Length");
      body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
      if (!length.isEmpty() && body.length != Integer.parseInt(length)) {
        throw new EOFException("the body was cut");
      }
    }
    return new Reply(head.status(), headers, body);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(); size > 0; size = size()) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().replaceAll(";.*", "").strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("no answer, or one that was cut: '" + line + "'");
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }
}
