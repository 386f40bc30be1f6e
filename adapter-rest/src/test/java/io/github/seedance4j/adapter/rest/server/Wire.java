package io.github.seedance4j.adapter.rest.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A raw connection that sends any bytes, and reads answers strictly. */
final class Wire implements AutoCloseable {

  /** One answer, head and body apart. */
  record Answer(int status, String head, String body) {
    String header(String name) {
      for (String line : head.split("\r\n")) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
          return line.substring(colon + 1).strip();
        }
      }
      return "";
    }
  }

  final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Wire send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** The next answer, or null if the connection ends in its place; interim ones come too. */
  @Nullable Answer answer(boolean toHead) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        if (head.size() > 0) {
          throw new IOException("cut in a head: " + head.toString(ISO_8859_1));
        }
        return null;
      }
      head.write(next);
    }
    String text = head.toString(ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 ")) {
      throw new IOException("no status line: " + text);
    }
    int status = Integer.parseInt(text.substring(9, 12));
    Answer bare = new Answer(status, text, "");
    if (toHead || status < 200 || status == 204 || status == 304) {
      return bare;
    }
    String length = bare.header("Content-Length");
    byte[] body;
    if (bare.header("Transfer-Encoding").toLowerCase(Locale.ROOT).equals("chunked")) {
      body = chunks();
    } else if (!length.isEmpty()) {
      body = in.readNBytes(Integer.parseInt(length));
      if (body.length != Integer.parseInt(length)) {
        throw new IOException("cut in a body");
      }
    } else {
      body = in.readAllBytes();
    }
    return new Answer(status, text, new String(body, ISO_8859_1));
  }

  Answer answer() throws IOException {
    Answer answer = answer(false);
    if (answer == null) {
      throw new IOException("closed without an answer");
    }
    return answer;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.writeBytes(in.readNBytes(size));
      line();
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("cut in a chunk");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** Everything that is answered until the other side closes. */
  List<Answer> answers() throws IOException {
    List<Answer> answers = new ArrayList<>();
    try {
      for (Answer next = answer(false); next != null; next = answer(false)) {
        answers.add(next);
      }
    } catch (java.net.SocketException reset) {
      // closed while we still had something to say: as good an end as any
    }
    return answers;
  }

  boolean isClosedByPeer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
