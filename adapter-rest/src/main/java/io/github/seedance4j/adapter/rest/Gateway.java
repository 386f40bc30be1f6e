package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.Route;
import io.github.seedance4j.adapter.rest.operation.Condition;
import io.github.seedance4j.adapter.rest.operation.Metrics;
import io.github.seedance4j.adapter.rest.operation.Retention;
import io.github.seedance4j.adapter.rest.operation.Room;
import io.github.seedance4j.adapter.rest.server.HardenedServer;
import io.github.seedance4j.adapter.rest.server.Probe;
import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.Javalin;
import io.javalin.plugin.bundled.CorsPluginConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The gateway while it runs: TokenHub's own API over {@link VideoGeneration}, for several tenants.
 * Thread-safe.
 */
public final class Gateway implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration COUNT = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  /** A create call has its own deadline, which is shorter. */
  private static final Duration LONGEST_CREATE = Duration.ofSeconds(90);

  private static final int PREFLIGHT_SECONDS = 600;
  private static final String HEALTHY = Json.text(Json.tree("status", "up"));

  private final Javalin server;
  private final HardenedServer hardened;
  private final Routes routes;
  private final VideoGeneration videos;
  private final Condition condition;
  private final Metrics metrics;
  private final List<Housekeeping> housekeeping;
  private final URI address;

  private Gateway(
      Javalin server,
      HardenedServer hardened,
      Routes routes,
      VideoGeneration videos,
      Condition condition,
      Metrics metrics,
      List<Housekeeping> housekeeping,
      URI address) {
    this.server = server;
    this.hardened = hardened;
    this.routes = routes;
    this.videos = videos;
    this.condition = condition;
    this.metrics = metrics;
    this.housekeeping = housekeeping;
    this.address = address;
  }

  /** Starts to wire one. */
  public static GatewayBuilder builder() {
    return new GatewayBuilder();
  }

  static Gateway start(GatewayBuilder parts) {
    VideoGeneration videos = GatewayBuilder.required(parts.videos, "videos");
    Path clips = GatewayBuilder.required(parts.clips, "clips");
    Path uploads = GatewayBuilder.required(parts.uploads, "uploads");
    Room room =
        new Room(
            clips,
            parts.journal == null ? List.of(uploads) : List.of(uploads, parts.journal),
            parts.minFree);
    Condition condition = new Condition(videos, room, System::nanoTime);
    Metrics metrics = new Metrics(videos, condition, room, parts.clock);
    AtomicReference<URI> own = new AtomicReference<>();
    Routes routes = new Routes(parts, () -> base(parts, own), condition::trouble, metrics);
    AtomicReference<HardenedServer> hardened = new AtomicReference<>();
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showOldJavalinVersionWarning = false;
              config.http.prefer405over404 = true;
              hardened.set(
                  HardenedServer.configure(
                      config,
                      parts.limits,
                      Problem::bare,
                      () -> new Probe.Answer(true, Json.CONTENT_TYPE, HEALTHY),
                      () ->
                          new Probe.Answer(
                              condition.isReady(), Json.CONTENT_TYPE, condition.ready())));
              if (!parts.origins.isEmpty()) {
                config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> let(parts, rule)));
              }
              routes.register(config.routes);
            });
    try {
      server.start(parts.host, parts.port);
    } catch (RuntimeException e) {
      routes.close(); // its threads would stay
      throw e;
    }
    String host = parts.host.contains(":") ? "[" + parts.host + "]" : parts.host;
    URI address = URI.create("http://" + host + ":" + server.port());
    own.set(address);
    parts.feed.listen(metrics);
    Retention retention = new Retention(videos, clips, parts.keep, parts.maxDisk);
    Housekeeping looking = new Housekeeping();
    Housekeeping counting = new Housekeeping(); // no look waits for what may take minutes
    Housekeeping sweeping = new Housekeeping();
    looking.every(LOOK, "a look at the journal", condition::look);
    counting.every(COUNT, "the count of jobs", metrics::look);
    sweeping.every(SWEEP, "the sweep", () -> retention.sweep(parts.clock.instant()));
    sweeping.every(
        SWEEP, "the sweep of uploads", () -> routes.uploads().sweep(parts.clock.instant()));
    return new Gateway(
        server,
        GatewayBuilder.required(hardened.get(), "server"),
        routes,
        videos,
        condition,
        metrics,
        List.of(looking, counting, sweeping),
        address);
  }

  private static void let(GatewayBuilder parts, CorsPluginConfig.CorsRule rule) {
    parts.origins.forEach(origin -> rule.allowHost(origin));
    rule.exposeHeader("Idempotency-Replayed");
    rule.exposeHeader("Retry-After");
    rule.exposeHeader("Content-Range");
    rule.exposeHeader("ETag");
    rule.maxAge = PREFLIGHT_SECONDS;
  }

  /** What links begin with: known once the port is. */
  private static String base(GatewayBuilder parts, AtomicReference<URI> own) {
    URI url = parts.publicUrl == null ? own.get() : parts.publicUrl;
    return String.valueOf(url).replaceAll("/+$", "");
  }

  /** What it answers to. */
  List<Route> routes() {
    return routes.all();
  }

  /** Where it listens, without a slash at the end. */
  public URI address() {
    return address;
  }

  /** Refuses new work, waits for create calls in flight, and stops; the service is closed too. */
  @Override
  public void close() {
    condition.drain();
    housekeeping.forEach(Housekeeping::close);
    routes.close(); // streams would not end by themselves
    hardened.drain(LONGEST_CREATE);
    server.stop();
    videos.close(); // waits for create calls, should one have taken longer
    metrics.close();
  }
}
