package io.github.seedance4j.adapter.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How calls and downloads behave on the wire. Immutable; each setter states its default. */
public final class HttpOptions {

  private static final HttpOptions STANDARD = builder().build();

  private final Builder from;

  private HttpOptions(Builder from) {
    this.from = from;
  }

  /** Every default. */
  public static HttpOptions standard() {
    return STANDARD;
  }

  public static Builder builder() {
    return new Builder();
  }

  public Duration connectTimeout() {
    return from.connectTimeout;
  }

  public Duration responseTimeout() {
    return from.responseTimeout;
  }

  public Duration leaseTimeout() {
    return from.leaseTimeout;
  }

  public Duration createDeadline() {
    return from.createDeadline;
  }

  public Duration readDeadline() {
    return from.readDeadline;
  }

  public Duration downloadDeadline() {
    return from.downloadDeadline;
  }

  public int maxConnections() {
    return from.maxConnections;
  }

  public int maxBody() {
    return from.maxBody;
  }

  public long maxClip() {
    return from.maxClip;
  }

  public int readAttempts() {
    return from.readAttempts;
  }

  public Duration retryDelay() {
    return from.retryDelay;
  }

  public int retryBudget() {
    return from.retryBudget;
  }

  public Duration maxRetryAfter() {
    return from.maxRetryAfter;
  }

  public Optional<URI> proxy() {
    return Optional.ofNullable(from.proxy);
  }

  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(from.sslContext);
  }

  public boolean allowLoopback() {
    return from.allowLoopback;
  }

  public Clock clock() {
    return from.clock;
  }

  /** Collects options; {@link #build} refuses those that contradict each other. */
  public static final class Builder {

    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration responseTimeout = Duration.ofSeconds(30);
    private Duration leaseTimeout = Duration.ofSeconds(10);
    private Duration createDeadline = Duration.ofMinutes(2);
    private Duration readDeadline = Duration.ofSeconds(30);
    private Duration downloadDeadline = Duration.ofMinutes(30);
    private int maxConnections = 64;
    private int maxBody = 1 << 20;
    private long maxClip = 2L << 30;
    private int readAttempts = 3;
    private Duration retryDelay = Duration.ofMillis(250);
    private int retryBudget = 10;
    private Duration maxRetryAfter = Duration.ofMinutes(5);
    private @Nullable URI proxy;
    private @Nullable SSLContext sslContext;
    private boolean allowLoopback;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    private Builder(Builder other) {
      this.connectTimeout = other.connectTimeout;
      this.responseTimeout = other.responseTimeout;
      this.leaseTimeout = other.leaseTimeout;
      this.createDeadline = other.createDeadline;
      this.readDeadline = other.readDeadline;
      this.downloadDeadline = other.downloadDeadline;
      this.maxConnections = other.maxConnections;
      this.maxBody = other.maxBody;
      this.maxClip = other.maxClip;
      this.readAttempts = other.readAttempts;
      this.retryDelay = other.retryDelay;
      this.retryBudget = other.retryBudget;
      this.maxRetryAfter = other.maxRetryAfter;
      this.proxy = other.proxy;
      this.sslContext = other.sslContext;
      this.allowLoopback = other.allowLoopback;
      this.clock = other.clock;
    }

    /** For the TCP connection, and again for the TLS handshake. Default: 10 s. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = positive("connectTimeout", timeout);
      return this;
    }

    /**
     * The longest silence in a fetch or a download. A create call waits for its whole deadline
     * instead: giving up early would leave open whether it is charged. Default: 30 s.
     */
    public Builder responseTimeout(Duration timeout) {
      this.responseTimeout = positive("responseTimeout", timeout);
      return this;
    }

    /** For a free connection of our own pool. Default: 10 s. */
    public Builder leaseTimeout(Duration timeout) {
      this.leaseTimeout = positive("leaseTimeout", timeout);
      return this;
    }

    /** For a whole create call, body included, however slowly it drips. Default: 120 s. */
    public Builder createDeadline(Duration deadline) {
      this.createDeadline = positive("createDeadline", deadline);
      return this;
    }

    /** For a whole fetch, with all its attempts, or for a look at one medium. Default: 30 s. */
    public Builder readDeadline(Duration deadline) {
      this.readDeadline = positive("readDeadline", deadline);
      return this;
    }

    /** For a whole download; what came is kept when it is over. Default: 30 min. */
    public Builder downloadDeadline(Duration deadline) {
      this.downloadDeadline = positive("downloadDeadline", deadline);
      return this;
    }

    /** At once, for creates, fetches and downloads each. Default: 64. */
    public Builder maxConnections(int connections) {
      this.maxConnections = atLeast("maxConnections", 1, connections);
      return this;
    }

    /** Bytes of an answer's body; a longer one is not read. Default: 1 MiB. */
    public Builder maxBody(int bytes) {
      this.maxBody = atLeast("maxBody", 1, bytes);
      return this;
    }

    /** Bytes of a clip; a longer one is refused. Default: 2 GiB. */
    public Builder maxClip(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("maxClip: " + bytes + " is under 1");
      }
      this.maxClip = bytes;
      return this;
    }

    /** How often a fetch is sent at most; a create is sent once, always. Default: 3. */
    public Builder readAttempts(int attempts) {
      this.readAttempts = atLeast("readAttempts", 1, attempts);
      return this;
    }

    /**
     * Before the second attempt; doubles from there, less up to half by chance. Default: 250 ms.
     */
    public Builder retryDelay(Duration delay) {
      this.retryDelay = positive("retryDelay", delay);
      return this;
    }

    /**
     * How many repeated fetches a client may be ahead of its successes, ten of which earn one back:
     * a provider that is down is not hammered. 0 for none. Default: 10.
     */
    public Builder retryBudget(int retries) {
      this.retryBudget = atLeast("retryBudget", 0, retries);
      return this;
    }

    /** A longer {@code Retry-After} counts as this. Default: 5 min. */
    public Builder maxRetryAfter(Duration cap) {
      this.maxRetryAfter = positive("maxRetryAfter", cap);
      return this;
    }

    /**
     * An HTTP proxy, {@code http://host:port}, for calls and downloads. It looks names up itself,
     * so with a proxy only addresses written as numbers are kept off private networks: the proxy
     * must refuse the rest. Default: none; the environment is not asked.
     */
    public Builder proxy(URI proxy) {
      if (!"http".equalsIgnoreCase(proxy.getScheme())
          || proxy.getHost() == null
          || proxy.getUserInfo() != null) {
        throw new IllegalArgumentException("proxy: write http://host:port, without credentials");
      }
      this.proxy = proxy;
      return this;
    }

    /** Whom to trust, with which key. Default: the JDK's. */
    public Builder sslContext(SSLContext context) {
      this.sslContext = Objects.requireNonNull(context, "context");
      return this;
    }

    /** Lets downloads call this very machine, for a sandbox; nothing else. Default: false. */
    public Builder allowLoopback(boolean allow) {
      this.allowLoopback = allow;
      return this;
    }

    /** What a date in {@code Retry-After} is held against. Default: the system's clock. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * @throws IllegalArgumentException if a part may take longer than the whole it belongs to
     */
    public HttpOptions build() {
      within("connectTimeout", connectTimeout, "createDeadline", createDeadline);
      within("connectTimeout", connectTimeout, "readDeadline", readDeadline);
      within("connectTimeout", connectTimeout, "downloadDeadline", downloadDeadline);
      within("leaseTimeout", leaseTimeout, "createDeadline", createDeadline);
      within("leaseTimeout", leaseTimeout, "readDeadline", readDeadline);
      within("responseTimeout", responseTimeout, "readDeadline", readDeadline);
      within("responseTimeout", responseTimeout, "downloadDeadline", downloadDeadline);
      if (readAttempts > 1) {
        within("retryDelay", retryDelay, "readDeadline", readDeadline);
      }
      return new HttpOptions(new Builder(this));
    }

    private static void within(String part, Duration length, String whole, Duration limit) {
      if (length.compareTo(limit) > 0) {
        throw new IllegalArgumentException(
            part + ": " + length + " is longer than " + whole + " " + limit);
      }
    }

    private static Duration positive(String name, Duration duration) {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException(name + ": " + duration + " is not positive");
      }
      return duration;
    }

    private static int atLeast(String name, int least, int value) {
      if (value < least) {
        throw new IllegalArgumentException(name + ": " + value + " is under " + least);
      }
      return value;
    }
  }
}
