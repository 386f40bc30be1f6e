package io.github.seedance4j.adapter.rest.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A piece of a file that becomes the body of an answer, sent when the handler has returned and
 * without a thread of its own: a client may take as long as it likes within the rate. The handler
 * sets status and headers, not the length, and no body. If too many go out already, the answer is a
 * 503 in their place.
 */
public final class FileContent {

  static final String ATTRIBUTE = FileContent.class.getName();

  private final FileChannel file;
  private final long length;
  private long position;
  private long left;

  private FileContent(FileChannel file, long from, long length) {
    this.file = file;
    this.position = from;
    this.length = length;
    this.left = length;
  }

  /**
   * Has that piece sent as the body; for a HEAD only its length is said.
   *
   * @param request the request in hand, Javalin's {@code ctx.req()}
   * @param file open for reading; closed by the server, however the answer ends
   * @param from the first byte
   * @param length how many, all of which the file must have
   */
  public static void send(HttpServletRequest request, FileChannel file, long from, long length) {
    if (from < 0 || length < 0) {
      throw new IllegalArgumentException("from, length: 0 or more, not " + from + ", " + length);
    }
    request.setAttribute(ATTRIBUTE, new FileContent(file, from, length));
  }

  long length() {
    return length;
  }

  boolean isSent() {
    return left == 0;
  }

  /** The next bytes, at most as many as the buffer takes, ready to be written. */
  void next(ByteBuffer buffer) throws IOException {
    buffer.clear();
    buffer.limit((int) Math.min(buffer.capacity(), left));
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new IOException("the file became shorter while it was sent");
      }
      position += read;
      left -= read;
    }
    buffer.flip();
  }

  void close() {
    try {
      file.close();
    } catch (IOException unimportant) {
      // it was only read
    }
  }
}
