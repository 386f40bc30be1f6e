package io.github.seedance4j.adapter.rest.server;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Javalin's server, hardened: {@link #configure} within {@code Javalin.create(…)}; from then on
 * Javalin starts and stops it. Handlers find bodies read (but for uploads), write small answers
 * without ever waiting for a client, and files by {@link FileContent}. Thread-safe.
 */
public final class HardenedServer {

  /** Threads that carry bytes, not handlers: acceptor, selectors, file reads, async ends. */
  private static final int CARRIERS = 32;

  private final Counts counts = new Counts();
  private final Front front;
  private @Nullable PacedConnector connector;

  private HardenedServer(ServerLimits limits, Probe health, Probe ready) {
    front = new Front(limits, counts, health, ready);
  }

  /**
   * Puts the limits into a Javalin that is being made. Host and port are Javalin's own.
   *
   * @param config Javalin's, on which no server, connector or thread pool is set
   * @param limits what clients may make us wait for and keep
   * @param errors the body of refusals that no handler sees
   * @param health what {@code /health} says
   * @param ready what {@code /ready} says; red while draining, whatever it says
   */
  public static HardenedServer configure(
      JavalinConfig config, ServerLimits limits, ErrorBody errors, Probe health, Probe ready) {
    Objects.requireNonNull(errors, "errors");
    HardenedServer hardened = new HardenedServer(limits, health, ready);
    ProblemErrors problems = new ProblemErrors(errors);
    QueuedThreadPool carriers = new QueuedThreadPool(CARRIERS, 4);
    carriers.setName("gateway-carrier");
    carriers.setDaemon(true);
    config.startup.showJavalinBanner = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = limits.maxBody;
    config.jetty.threadPool = carriers;
    config.jetty.modifyHttpConfiguration(http -> strict(http, limits));
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(problems));
    config.jetty.modifyServer(
        server -> {
          // it would cut the patient when threads are short; nobody here holds one
          LowResourceMonitor monitor = server.getBean(LowResourceMonitor.class);
          if (monitor != null) {
            server.removeBean(monitor);
          }
          server.setErrorHandler(problems);
          server.setHandler(hardened.front);
        });
    config.jetty.addConnector(
        (server, http) ->
            hardened.listen(server, http, limits, config.jetty.host, config.jetty.port));
    return hardened;
  }

  private static void strict(HttpConfiguration http, ServerLimits limits) {
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setUriCompliance(UriCompliance.RFC3986);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.maxHead);
  }

  private synchronized PacedConnector listen(
      Server server, HttpConfiguration http, ServerLimits limits, @Nullable String host, int port) {
    PacedConnector made = new PacedConnector(server, http, limits, counts);
    made.setHost(host);
    made.setPort(port);
    server.addBean(new Sweep(made, limits, counts));
    connector = made;
    return made;
  }

  /**
   * Takes no new work: readiness turns red, everything but the probes gets a 503, and what is being
   * done is waited for. Javalin is to be stopped afterwards.
   *
   * @param atMost how long to wait
   * @return whether nothing was left to be done
   */
  public boolean drain(Duration atMost) {
    front.stopTaking();
    try {
      return front.awaitQuiet(atMost);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether {@link #drain} was called: long answers, such as event streams, should end. */
  public boolean isDraining() {
    return front.isDraining();
  }

  /** How many connections are open. */
  public synchronized int connections() {
    return connector == null ? 0 : connector.getConnectedEndPoints().size();
  }

  /** How many requests wait for a worker, are worked on, or are being answered. */
  public int inFlight() {
    return front.inFlight();
  }

  /** How many bytes the bodies in hand hold, beyond the first of each. */
  long bodyMemory() {
    return front.bodyMemory();
  }

  /** What was done against clients. */
  public Tally tally() {
    return counts.tally();
  }
}
