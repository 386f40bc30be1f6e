package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.Javalin;
import java.net.URI;

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
    Javalin server =
        Javalin.create(config -> config.startup.showJavalinBanner = false)
            .start(parts.host, parts.port);
    String host = parts.host.contains(":") ? "[" + parts.host + "]" : parts.host;
    return new Gateway(server, videos, URI.create("http://" + host + ":" + server.port()));
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
