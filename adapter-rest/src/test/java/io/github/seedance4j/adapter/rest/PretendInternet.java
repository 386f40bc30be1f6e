package io.github.seedance4j.adapter.rest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Every address but this machine's own, played by a server on loopback: the JDK asks its proxy
 * selector before any socket is connected, and is sent there. So nothing leaves this machine, and
 * every attempt is recorded, whatever address it is for. Beside it, a listener at every address
 * that this machine has.
 */
final class PretendInternet extends ProxySelector implements AutoCloseable {

  /** Stands for every public address; nobody has it, should it ever be called. */
  static final String PUBLIC = "2000::1";

  /** An attempt to connect. */
  record Attempt(String host, int port) {}

  private static final Proxy.Type SOCKS = Proxy.Type.SOCKS;
  private final ProxySelector before;
  private final ServerSocket elsewhere;
  private final ServerSocket here;
  private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reached = new AtomicInteger();
  private volatile Function<String, byte[]> site = path -> answer("404 Not Found", "");

  private PretendInternet(ProxySelector before) throws IOException {
    this.before = before;
    this.elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.here = new ServerSocket(0); // IPv4 and IPv6, loopback and all others
    listen(elsewhere, this::tunnel);
    listen(here, this::trespass);
  }

  /** From here on whoever connects a socket goes by this. */
  static PretendInternet begin() throws IOException {
    PretendInternet internet = new PretendInternet(ProxySelector.getDefault());
    ProxySelector.setDefault(internet);
    return internet;
  }

  /** The port at which every address of this machine listens. */
  int port() {
    return here.getLocalPort();
  }

  /** What the public address answers with, by path. */
  void serve(Function<String, byte[]> site) {
    this.site = site;
  }

  static byte[] answer(String status, String headers, byte... body) {
    byte[] head =
        ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  /** Attempts to reach what is not public, but for other tests' own servers on this machine. */
  List<Attempt> trespasses() {
    return attempts.stream()
        .filter(attempt -> !isPublic(attempt))
        .filter(
            attempt ->
                !isOwn(attempt.host())
                    || List.of(port(), 80, 443, 22, 6379).contains(attempt.port()))
        .toList();
  }

  /** How many connections the listener at this machine's addresses got. */
  int reached() {
    return reached.get();
  }

  /** How often the public address was called. */
  long called() {
    return attempts.stream().filter(PretendInternet::isPublic).count();
  }

  private static boolean isPublic(Attempt attempt) {
    return attempt.host().equals("2000:0:0:0:0:0:0:1");
  }

  void forget() {
    attempts.clear();
    reached.set(0);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String authority = uri.getAuthority(); // for IPv6 the JDK makes a URI that has no host
    int colon = authority.matches(".*:\\d+") ? authority.lastIndexOf(':') : authority.length();
    String host = authority.substring(0, colon).replaceAll("[\\[\\]]", "");
    String port = authority.substring(colon).replace(":", "");
    attempts.add(new Attempt(host, port.isEmpty() ? -1 : Integer.parseInt(port)));
    if (!"socket".equals(uri.getScheme())) {
      return before == null ? List.of(Proxy.NO_PROXY) : before.select(uri);
    }
    return isOwn(host)
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(SOCKS, elsewhere.getLocalSocketAddress()));
  }

  private static boolean isOwn(String host) {
    if (!host.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*(%.*)?")) {
      return host.equals("localhost"); // nobody is asked for a name
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // told to whoever connects
  }

  /** SOCKS 5, then HTTP. */
  private void tunnel(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    OutputStream out = socket.getOutputStream();
    in.readByte();
    in.readNBytes(in.readUnsignedByte());
    out.write(new byte[] {5, 0});
    in.readNBytes(3);
    int kind = in.readByte();
    byte[] address = in.readNBytes(kind == 1 ? 4 : kind == 4 ? 16 : in.readUnsignedByte());
    in.readNBytes(2);
    out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    boolean open =
        kind != 3 && InetAddress.getByAddress(address).equals(InetAddress.getByName(PUBLIC));
    String path = path(in);
    out.write(open ? site.apply(path) : answer("200 OK", ""));
  }

  private void trespass(Socket socket) throws IOException {
    reached.incrementAndGet();
    path(socket.getInputStream());
    socket.getOutputStream().write(answer("200 OK", ""));
  }

  private static String path(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = in.read()) {
      head.append((char) c);
      if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        break;
      }
    }
    String[] words = head.toString().split(" ", 3);
    return words.length > 1 ? words[1] : "";
  }

  /** What is done with a connection. */
  private interface Host {
    void meet(Socket socket) throws IOException;
  }

  private static void listen(ServerSocket server, Host host) {
    daemon(
        () -> {
          while (true) {
            Socket socket;
            try {
              socket = server.accept();
            } catch (IOException closed) {
              return;
            }
            daemon(
                () -> {
                  try (socket) {
                    socket.setSoTimeout(5_000);
                    host.meet(socket);
                  } catch (IOException gone) {
                    // whoever called has hung up
                  }
                });
          }
        });
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "pretend-internet");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whoever took this selector from the JDK meanwhile goes on with it, and the one before. */
  @Override
  public void close() {
    ProxySelector.setDefault(before);
    try {
      elsewhere.close();
      here.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
