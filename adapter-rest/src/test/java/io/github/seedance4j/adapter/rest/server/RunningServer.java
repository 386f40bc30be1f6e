package io.github.seedance4j.adapter.rest.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A hardened server on a free port, with a few handlers to try it on. */
final class RunningServer implements AutoCloseable {

  final HardenedServer hardened;
  final Javalin javalin;
  final CountDownLatch gate = new CountDownLatch(1);
  final Queue<String> served = new ConcurrentLinkedQueue<>();
  final Queue<FileChannel> files = new ConcurrentLinkedQueue<>();
  private HardenedServer made;

  RunningServer(ServerLimits limits, Path file) {
    javalin =
        Javalin.create(
            config -> {
              made =
                  HardenedServer.configure(
                      config,
                      limits,
                      RunningServer::problem,
                      () -> well("ok"),
                      () -> well("ready"));
              config.routes.before(ctx -> served.add(ctx.method() + " " + ctx.path()));
              config.routes.exception(BodyTooLarge.class, (large, ctx) -> ctx.status(413));
              config.routes.get("/innocent", ctx -> ctx.result("innocent"));
              config.routes.post("/echo", ctx -> ctx.result(ctx.bodyAsBytes()));
              config.routes.get("/page", ctx -> ctx.result("x".repeat(400_000)));
              config.routes.get("/wait", ctx -> waitForGate(ctx));
              config.routes.get("/content", ctx -> content(ctx, file));
              config.routes.head("/content", ctx -> content(ctx, file));
              config.routes.post("/upload", RunningServer::count);
              config.routes.get(
                  "/fail",
                  ctx -> ctx.res().sendError(502, "secret <script>" + ctx.queryParam("q")));
            });
    hardened = made;
    javalin.start("127.0.0.1", 0);
  }

  static byte[] problem(int status, String detail) {
    return ("{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + detail + "\"}")
        .getBytes(UTF_8);
  }

  private static Probe.Answer well(String word) {
    return new Probe.Answer(true, "text/plain", word);
  }

  private void waitForGate(Context ctx) throws InterruptedException {
    ctx.result(gate.await(60, TimeUnit.SECONDS) ? "waited" : "never");
  }

  private void content(Context ctx, Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    files.add(channel);
    ctx.contentType("video/mp4");
    long from =
        Long.parseLong(ctx.queryParamMap().getOrDefault("from", java.util.List.of("0")).get(0));
    FileContent.send(ctx.req(), channel, from, channel.size() - from);
  }

  private static void count(Context ctx) throws IOException {
    long sum = 0;
    byte[] buffer = new byte[8192];
    for (int n = ctx.req().getInputStream().read(buffer);
        n >= 0;
        n = ctx.req().getInputStream().read(buffer)) {
      sum += n;
    }
    ctx.result(Long.toString(sum));
  }

  int port() {
    return javalin.port();
  }

  /** Waits until that holds, looking every few milliseconds; false after ten seconds. */
  static boolean eventually(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() - end < 0) {
      if (condition.getAsBoolean()) {
        return true;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
    return condition.getAsBoolean();
  }

  static ServerLimits limits(Consumer<ServerLimits.Builder> change) {
    ServerLimits.Builder builder = ServerLimits.builder();
    change.accept(builder);
    return builder.build();
  }

  @Override
  public void close() {
    gate.countDown();
    javalin.stop();
  }
}
