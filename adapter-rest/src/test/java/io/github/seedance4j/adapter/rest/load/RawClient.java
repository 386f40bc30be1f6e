package io.github.seedance4j.adapter.rest.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One kept connection, with as little between a request and its answer as can be. */
final class RawClient implements AutoCloseable {

  private final URI address;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private final String head;
  private final String base;

  RawClient(URI base, String key) throws IOException {
    this.address = base;
    this.socket = connected();
    this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
    this.out = socket.getOutputStream();
    this.base = base.getPath();
    this.head =
        " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAuthorization: Bearer " + key + "\r\n";
  }

  private Socket connected() throws IOException {
    Socket fresh = new Socket(address.getHost(), address.getPort());
    fresh.setTcpNoDelay(true);
    return fresh;
  }

  /** A server may have enough of a connection at any time, and says so. */
  private void reconnect() throws IOException {
    socket.close();
    socket = connected();
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
  }

  String get(String path) throws IOException {
    return send("GET " + base + path + head + "\r\n");
  }

  String post(String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return send(
        "POST "
            + base
            + path
            + head
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n"
            + json);
  }

  /** The body of the answer, which has to be a 200. */
  private String send(String request) throws IOException {
    out.write(request.getBytes(StandardCharsets.UTF_8));
    out.flush();
    String status = line();
    int length = 0;
    boolean last = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      last |= line.equalsIgnoreCase("Connection: close");
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (last) {
      reconnect();
    }
    if (!status.contains(" 200")) {
      throw new IOException(status + ": " + body);
    }
    return body;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
