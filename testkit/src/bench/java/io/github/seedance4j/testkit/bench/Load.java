package io.github.seedance4j.testkit.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A closed loop of keep-alive connections on one thread: each creates a task, then gets the id it
 * was told, and again. Reads no more of an answer than it must, so that it costs the server under
 * test as little of the machine as can be.
 */
final class Load {

  static final String PATH = "/api/v1/videos/generations";

  private static final String BODY =
      "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"A golden retriever running on a sunny beach,"
          + " cinematic, slow motion\",\"duration\":5,\"resolution\":\"720p\","
          + "\"aspect_ratio\":\"16:9\",\"generate_audio\":true}";
  private static final String HEADERS =
      " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer th-benchmark\r\n"
          + "Accept: application/json\r\n";
  private static final byte[] CREATE =
      ascii(
          "POST "
              + PATH
              + HEADERS
              + "Content-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY);
  private static final byte[] GET_BEGIN = ascii("GET " + PATH + "/");
  private static final byte[] GET_END = ascii(HEADERS + "\r\n");
  // in small letters, all of them: answers may have any
  private static final byte[] STATUS = ascii("http/1.1 200 ");
  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final byte[] LENGTH = ascii("\r\ncontent-length:");
  private static final byte[] LAST_CHUNK = ascii("\r\n0\r\n\r\n");
  private static final byte[] ID = ascii("\"id\":\"");
  private static final byte[] SUCCEEDED = ascii("\"status\":\"succeeded\"");

  private final int port;
  private final int connections;

  Load(int port, int connections) {
    this.port = port;
    this.connections = connections;
  }

  /** Answers a second, over this time. */
  double run(Duration time) throws IOException {
    try (Selector selector = Selector.open()) {
      Connection[] all = new Connection[connections];
      try {
        for (int i = 0; i < connections; i++) {
          all[i] = new Connection(port, selector);
        }
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        for (Connection connection : all) {
          connection.create();
        }
        long answers = 0;
        long now = begin;
        while (now < end) {
          selector.select(1_000);
          for (SelectionKey key : selector.selectedKeys()) {
            if (((Connection) key.attachment()).readOn()) {
              answers++;
            }
          }
          selector.selectedKeys().clear();
          now = System.nanoTime();
        }
        return answers * 1e9 / (now - begin);
      } finally {
        for (Connection connection : all) {
          if (connection != null) {
            connection.channel.close();
          }
        }
      }
    }
  }

  /** One connection: what it asked last, and what has come back of the answer. */
  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(4_096);
    private final ByteBuffer in = ByteBuffer.allocateDirect(16_384);
    private final byte[] answer = new byte[16_384];
    private boolean created;

    Connection(int port, Selector selector) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void create() throws IOException {
      created = true;
      out.clear().put(CREATE);
      send();
    }

    private void get(int from, int to) throws IOException {
      created = false;
      out.clear().put(GET_BEGIN).put(answer, from, to - from).put(GET_END);
      send();
    }

    private void send() throws IOException {
      in.clear();
      out.flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    /** Reads what is there; whether the answer is complete, and the next request sent. */
    boolean readOn() throws IOException {
      int before = in.position();
      int read = channel.read(in);
      if (read < 0) {
        throw new EOFException("the server closed a connection");
      }
      in.get(before, answer, before, read);
      int size = before + read;
      int head = find(HEAD_END, 0, size);
      if (head < 0) {
        return false;
      }
      int body = head + HEAD_END.length;
      int lengthAt = find(LENGTH, 0, body);
      if (find(STATUS, 0, STATUS.length) != 0) {
        throw new IOException("not the answer we wait for: " + text(size));
      }
      boolean complete =
          lengthAt < 0
              ? find(LAST_CHUNK, size - LAST_CHUNK.length, size) >= 0
              : size >= body + number(lengthAt + LENGTH.length);
      if (!complete) {
        return false;
      }
      if (created) {
        int from = found(ID, body, size) + ID.length;
        int to = from;
        while (answer[to] != '"') {
          to++;
        }
        get(from, to);
      } else {
        found(SUCCEEDED, body, size);
        create();
      }
      return true;
    }

    private int found(byte[] wanted, int from, int to) throws IOException {
      int at = find(wanted, from, to);
      if (at < 0) {
        throw new IOException("not the answer we wait for: " + text(to));
      }
      return at;
    }

    private int find(byte[] wanted, int from, int to) {
      for (int i = from; i <= to - wanted.length; i++) {
        int n = 0;
        while (n < wanted.length && same(answer[i + n], wanted[n])) {
          n++;
        }
        if (n == wanted.length) {
          return i;
        }
      }
      return -1;
    }

    private static boolean same(byte found, byte wanted) {
      return found == wanted || (found >= 'A' && found <= 'Z' && found + 32 == wanted);
    }

    private int number(int from) {
      int at = from;
      while (answer[at] == ' ') {
        at++;
      }
      int number = 0;
      for (; answer[at] >= '0' && answer[at] <= '9'; at++) {
        number = number * 10 + answer[at] - '0';
      }
      return number;
    }

    private String text(int size) {
      return new String(answer, 0, size, StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
