package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.Javalin;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The gateway while it runs: TokenHub's own API over {@link VideoGeneration}, for several tenants.
 * Thread-safe.
 */
public final class Gateway implements AutoCloseable {

  private final Javalin server;
  private final VideoGeneration videos;
  private final URI address;

  private Gateway(Javalin server, VideoGeneration videos, URI address) {
    this.server = server;
    this.videos = videos;
    this.address = address;
  }

  /** Starts to wire one. */
  public static GatewayBuilder builder() {
    return new GatewayBuilder();
  }

  static Gateway start(GatewayBuilder parts) {
    VideoGeneration videos = GatewayBuilder.required(parts.videos, "videos");
    AtomicReference<URI> own = new AtomicReference<>();
    Routes routes = new Routes(parts, () -> base(parts, own), Optional::empty);
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.http.prefer405over404 = true;
              routes.register(config.routes);
            });
    server.start(parts.host, parts.port);
    String host = parts.host.contains(":") ? "[" + parts.host + "]" : parts.host;
    URI address = URI.create("http://" + host + ":" + server.port());
    own.set(address);
    return new Gateway(server, videos, address);
  }

  /** What links begin with: known once the port is. */
  private static String base(GatewayBuilder parts, AtomicReference<URI> own) {
    URI url = parts.publicUrl == null ? own.get() : parts.publicUrl;
    return String.valueOf(url).replaceAll("/+$", "");
  }

  /** Where it listens, without a slash at the end. */
  public URI address() {
    return address;
  }

  /** Refuses new work, waits for create calls in flight, and stops; the service is closed too. */
  @Override
  public void close() {
    videos.close();
    server.stop();
  }
}
