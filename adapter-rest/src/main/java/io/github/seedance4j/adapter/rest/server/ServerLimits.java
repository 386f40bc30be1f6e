package io.github.seedance4j.adapter.rest.server;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a client may make the server wait for, and keep. Immutable. Each setter of the builder
 * states its default and the reason for the figure; times are looked at about once a second.
 */
public final class ServerLimits {

  final Duration head;
  final Duration idle;
  final Duration window;
  final int rate;
  final int maxHead;
  final int maxUri;
  final long maxBody;
  final long maxUpload;
  final Predicate<String> uploads;
  final int connections;
  final int perAddress;
  final boolean loopbackToo;
  final int requestsPerConnection;
  final int workers;
  final int waiting;
  final int uploadsAtOnce;
  final int streamsAtOnce;
  final long memory;
  final String health;
  final String ready;

  private ServerLimits(Builder from) {
    head = from.head;
    idle = from.idle;
    window = from.window;
    rate = from.rate;
    maxHead = from.maxHead;
    maxUri = from.maxUri;
    maxBody = from.maxBody;
    maxUpload = from.maxUpload;
    uploads = from.uploads;
    connections = from.connections;
    perAddress = from.perAddress;
    loopbackToo = from.loopbackToo;
    requestsPerConnection = from.requestsPerConnection;
    workers = from.workers;
    waiting = from.waiting;
    uploadsAtOnce = from.uploadsAtOnce;
    streamsAtOnce = from.streamsAtOnce;
    memory = from.memory;
    health = from.health;
    ready = from.ready;
  }

  /** The limits with every default. */
  public static ServerLimits defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts limits together. Not thread-safe. */
  public static final class Builder {

    private Duration head = Duration.ofSeconds(10);
    private Duration idle = Duration.ofSeconds(20);
    private Duration window = Duration.ofSeconds(10);
    private int rate = 8 << 10;
    private int maxHead = 8 << 10;
    private int maxUri = 4 << 10;
    private long maxBody = 4L << 20;
    private long maxUpload = 256L << 20;
    private Predicate<String> uploads = "/api/v1/uploads"::equals;
    private int connections = 2048;
    private int perAddress = 256;
    private boolean loopbackToo;
    private int requestsPerConnection = 10_000;
    private int workers = 96;
    private int waiting = 512;
    private int uploadsAtOnce = 16;
    private int streamsAtOnce = 256;
    private long memory = 128L << 20;
    private String health = "/health";
    private String ready = "/ready";

    private Builder() {}

    /**
     * How long a request's head may take, from the connection's first moment or the head's first
     * byte. By default 10 s: a head is one packet; a handshake lost twice takes 3 s.
     */
    public Builder head(Duration time) {
      this.head = positive("head", time);
      return this;
    }

    /**
     * How long a connection may lie idle between requests. By default 20 s: above what polling
     * clients pause (5 to 10 s), below the 30 s within which whoever holds us up must be gone.
     */
    public Builder idle(Duration time) {
      this.idle = positive("idle", time);
      return this;
    }

    /**
     * Over how long {@link #rate} is measured while we wait for a body, or for an answer to be
     * taken. By default 10 s: one pause of that length is a client's bad luck, and whoever stalls
     * is cut within two windows, 20 s.
     */
    public Builder window(Duration time) {
      this.window = positive("window", time);
      return this;
    }

    /**
     * How many bytes a second a client must send or take while we wait for it. By default 8 KiB:
     * half of what a poor mobile line does; a clip of 10 MB takes 20 minutes at that.
     */
    public Builder rate(int bytesPerSecond) {
      this.rate = positive("rate", bytesPerSecond);
      return this;
    }

    /** How many bytes a head may have. By default 8 KiB, as with the common proxies. */
    public Builder maxHead(int bytes) {
      this.maxHead = positive("maxHead", bytes);
      return this;
    }

    /** How long path and query may be. By default 4 KiB: our longest is a link of 300 bytes. */
    public Builder maxUri(int bytes) {
      this.maxUri = positive("maxUri", bytes);
      return this;
    }

    /**
     * How many bytes a body may have; it is in memory before a handler sees it. By default 4 MiB:
     * room for a few pictures as base64.
     */
    public Builder maxBody(long bytes) {
      if (bytes < 1 || bytes > 1 << 30) {
        throw new IllegalArgumentException("maxBody: 1 to 1 GiB, not " + bytes);
      }
      this.maxBody = bytes;
      return this;
    }

    /**
     * Which paths take bodies of up to {@code max} bytes, read by their handlers as they come. By
     * default that of uploads, and 256 MiB. Each holds a worker, so that {@link #uploadsAtOnce}
     * bounds them.
     */
    public Builder uploads(Predicate<String> path, long max) {
      this.uploads = path;
      this.maxUpload = max;
      return this;
    }

    /**
     * How many connections are kept. By default 2,048: beyond, the one that has kept us waiting
     * longest for a request goes, so that newcomers get in.
     */
    public Builder connections(int most) {
      this.connections = positive("connections", most);
      return this;
    }

    /**
     * The same for each address (for IPv6 each /64). By default 256. 0 for no such limit: behind a
     * reverse proxy, all clients are one address.
     */
    public Builder perAddress(int most) {
      if (most < 0) {
        throw new IllegalArgumentException("perAddress: 0 or more, not " + most);
      }
      this.perAddress = most;
      return this;
    }

    /**
     * Whether {@link #perAddress} holds for the machine's own addresses. By default not: what comes
     * from there is a proxy or a tunnel.
     */
    public Builder loopbackToo(boolean counted) {
      this.loopbackToo = counted;
      return this;
    }

    /**
     * How many requests a connection serves. By default 10,000: enough to make the handshake
     * nothing, and an end, so that clients spread over gateways again.
     */
    public Builder requestsPerConnection(int most) {
      this.requestsPerConnection = positive("requestsPerConnection", most);
      return this;
    }

    /**
     * How many handlers run at once. By default 96: creates, uploads and tables may hold 72 of them
     * for as long as others take, and the rest is for reads.
     */
    public Builder workers(int threads) {
      this.workers = positive("workers", threads);
      return this;
    }

    /** How many requests may wait for a worker; beyond, 503. By default 512: 5 for each. */
    public Builder waiting(int requests) {
      this.waiting = positive("waiting", requests);
      return this;
    }

    /** How many uploads run at once; beyond, 503. By default 16: a sixth of the workers. */
    public Builder uploadsAtOnce(int most) {
      this.uploadsAtOnce = positive("uploadsAtOnce", most);
      return this;
    }

    /**
     * How many {@link FileContent}s go out at once; beyond, 503. By default 256: each is an open
     * file and 64 KiB, no thread.
     */
    public Builder streamsAtOnce(int most) {
      this.streamsAtOnce = positive("streamsAtOnce", most);
      return this;
    }

    /**
     * How much memory bodies on their way may take together, beyond the first 64 KiB of each;
     * beyond, 503. By default 128 MiB, or a quarter of the heap if that is less.
     */
    public Builder memory(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("memory: 1 or more, not " + bytes);
      }
      this.memory = bytes;
      return this;
    }

    /** Where the probes answer. By default {@code /health} and {@code /ready}. */
    public Builder probes(String health, String ready) {
      this.health = health;
      this.ready = ready;
      return this;
    }

    /** The limits. */
    public ServerLimits build() {
      memory = Math.min(memory, Runtime.getRuntime().maxMemory() / 4);
      return new ServerLimits(this);
    }

    private static Duration positive(String what, Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException(what + ": more than nothing, not " + time);
      }
      return time;
    }

    private static int positive(String what, int figure) {
      if (figure < 1) {
        throw new IllegalArgumentException(what + ": 1 or more, not " + figure);
      }
      return figure;
    }
  }
}
