package io.github.seedance4j.adapter.cli.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves one medium on loopback: by the part, or as badly as the path says. */
final class MediaServer implements AutoCloseable {

  private final byte[] medium;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "media-server");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> asked = new CopyOnWriteArrayList<>();

  MediaServer(byte[] medium) throws IOException {
    this.medium = medium;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** An address that is signed. */
  String url(String name) {
    return address() + "/" + name + "?sig=s3cret";
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The paths that were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange call) throws IOException {
    asked.add(call.getRequestURI().getPath());
    switch (call.getRequestURI().getPath()) {
      case "/parts" -> {
        String[] range = call.getRequestHeaders().getFirst("Range").split("[=-]");
        int first = Integer.parseInt(range[1]);
        int last = Math.min(Integer.parseInt(range[2]), medium.length - 1);
        part(call, "bytes " + first + "-" + last + "/" + medium.length, first, last);
      }
      case "/lies" -> part(call, "bytes 9-99/" + medium.length, 0, 99);
      case "/whole" -> {
        call.sendResponseHeaders(200, medium.length);
        try (OutputStream body = call.getResponseBody()) {
          body.write(medium);
        }
      }
      case "/drips" -> drip(call);
      default -> {
        call.sendResponseHeaders(404, -1);
        call.close();
      }
    }
  }

  private void part(HttpExchange call, String range, int first, int last) throws IOException {
    call.getResponseHeaders().set("Content-Range", range);
    call.sendResponseHeaders(206, last - first + 1L);
    try (OutputStream body = call.getResponseBody()) {
      body.write(medium, first, last - first + 1);
    }
  }

  /** Ends when the other side goes. */
  private void drip(HttpExchange call) throws IOException {
    call.sendResponseHeaders(200, medium.length);
    OutputStream body = call.getResponseBody();
    CountDownLatch never = new CountDownLatch(1);
    try {
      for (byte b : medium) {
        body.write(b);
        body.flush();
        if (never.await(20, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
