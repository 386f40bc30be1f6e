package io.github.seedance4j.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that answers with raw bytes, however wrong, and remembers what it was sent.
 */
public final class WireServer implements Closeable {

  private final ServerSocket listener;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What to do with a request. */
  @FunctionalInterface
  public interface Script {
    void answer(Request request, Peer peer) throws Exception;
  }

  /** One request as it came; {@code number} counts from 1. */
  public record Request(
      int number,
      int connection,
      String method,
      String path,
      Map<String, String> headers,
      String body) {}

  public WireServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), script);
  }

  /** On a socket of one's own, such as one that speaks TLS. */
  public WireServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    daemon(this::accept);
  }

  /** Always the same answer. */
  public static WireServer answering(String raw) throws IOException {
    return new WireServer((request, peer) -> peer.send(raw));
  }

  /** A whole answer with a length. */
  public static String answer(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n"
        + headers
        + "\r\n"
        + body;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "wire-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        int connection = connections.incrementAndGet();
        daemon(() -> serve(socket, connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (true) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        String[] lines = head.split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
          int colon = lines[i].indexOf(':');
          headers.put(
              lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
              lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] first = lines[0].split(" ");
        Request request;
        synchronized (requests) {
          request = new Request(requests.size() + 1, connection, first[0], first[1], headers, body);
          requests.add(request);
        }
        script.answer(request, new Peer(socket));
      }
    } catch (Exception e) {
      return; // the other side is gone, or the script is
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      last = (last << 8) | b;
      if (last == 0x0D0A0D0A) {
        return head.toString(StandardCharsets.US_ASCII);
      }
    }
    return "";
  }

  /** The side that asked. */
  public static final class Peer {

    private final Socket socket;

    private Peer(Socket socket) {
      this.socket = socket;
    }

    public void send(String raw) throws IOException {
      send(raw.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] raw) throws IOException {
      socket.getOutputStream().write(raw);
      socket.getOutputStream().flush();
    }

    public void drop() throws IOException {
      socket.close();
    }

    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** A byte at a time until the other side goes. */
    public void drip(char c) throws Exception {
      while (true) {
        send(String.valueOf(c));
        new java.util.concurrent.CountDownLatch(1)
            .await(5, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    }

    /** The rest of something, a byte at a time. */
    public void drip(byte[] raw, int from) throws Exception {
      for (int at = from; at < raw.length; at++) {
        send(new byte[] {raw[at]});
        new java.util.concurrent.CountDownLatch(1)
            .await(5, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    }

    /** Says nothing until the other side goes. */
    public void stall() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        continue;
      }
    }
  }
}
