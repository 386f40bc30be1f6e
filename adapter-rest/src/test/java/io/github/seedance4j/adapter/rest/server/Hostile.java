package io.github.seedance4j.adapter.rest.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Clients who mean no good, many on one thread: each sends its beginning, then with each tick one
 * byte more, or reads one. Tells after how long each was cut; that a reader was, who has bytes left
 * to read, only shows when it writes.
 */
final class Hostile implements AutoCloseable {

  /** What one kind of them does: what they say first, then again and again, and if they read. */
  record Kind(String name, String first, String drip, boolean reads) {

    static final Kind HEADS =
        new Kind("heads", "GET /innocent HTTP/1.1\r\nHost: x\r\nX-Drip: ", "x", false);

    static final Kind BODIES =
        new Kind(
            "bodies",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
            "x",
            false);

    static final Kind CHUNKS =
        new Kind(
            "chunks",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
            "1\r\nx\r\n",
            false);

    /** Heads on a connection that has served a request already. */
    static final Kind SECOND_HEADS =
        new Kind("second heads", "GET /innocent HTTP/1.1\r\nHost: x\r\n\r\nGET /inn", "o", false);

    static final Kind FILE_READERS =
        new Kind("readers of files", "GET /content HTTP/1.1\r\nHost: x\r\n\r\n", "\n", true);

    static final Kind PAGE_READERS =
        new Kind("readers of pages", "GET /page HTTP/1.1\r\nHost: x\r\n\r\n", "\n", true);
  }

  private static final class One {
    final Kind kind;
    final SocketChannel channel;
    final long since = System.nanoTime();

    One(Kind kind, SocketChannel channel) {
      this.kind = kind;
      this.channel = channel;
    }
  }

  /** How long one lasted. */
  record Cut(Kind kind, Duration after) {}

  private final int port;
  private final List<One> open = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();

  Hostile(int port) {
    this.port = port;
  }

  void join(Kind kind, int many) throws IOException {
    for (int i = 0; i < many; i++) {
      SocketChannel channel = SocketChannel.open();
      if (kind.reads()) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      }
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(new InetSocketAddress("127.0.0.1", port));
      channel.write(ByteBuffer.wrap(kind.first().getBytes(ISO_8859_1)));
      channel.configureBlocking(false);
      open.add(new One(kind, channel));
    }
  }

  /** Goes on until all are cut, or for that long. */
  List<Cut> attack(Duration tick, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!open.isEmpty() && System.nanoTime() - end < 0) {
      open.removeIf(this::isCut);
      LockSupport.parkNanos(tick.toNanos());
    }
    return cuts;
  }

  /** Those who are connected still, by kind. */
  Map<String, Long> left() {
    return open.stream()
        .collect(Collectors.groupingBy(one -> one.kind.name(), Collectors.counting()));
  }

  private boolean isCut(One one) {
    try {
      one.channel.write(ByteBuffer.wrap(one.kind.drip().getBytes(ISO_8859_1)));
      ByteBuffer answer = ByteBuffer.allocate(one.kind.reads() ? 1 : 4096);
      if (one.channel.read(answer) >= 0) {
        return false;
      }
    } catch (IOException reset) {
      // that is a cut too
    }
    cuts.add(new Cut(one.kind, Duration.ofNanos(System.nanoTime() - one.since)));
    try {
      one.channel.close();
    } catch (IOException gone) {
      // already
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (One one : open) {
      one.channel.close();
    }
  }
}
