package io.github.seedance4j.adapter.rest;

import io.github.seedance4j.adapter.rest.events.StreamTimes;
import io.github.seedance4j.adapter.rest.server.ServerLimits;
import io.github.seedance4j.adapter.rest.upload.Uploads;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.in.Replays;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.Strictness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires a {@link Gateway}. Each setter names its default. Not thread-safe. */
public final class GatewayBuilder {

  private static final int SHORTEST_SECRET = 32;

  @Nullable VideoGeneration videos;
  @Nullable AccessKeys keys;
  @Nullable Replays replays;
  byte @Nullable [] linkSecret;
  @Nullable Path uploads;
  @Nullable Path clips;
  @Nullable Path journal;
  @Nullable URI publicUrl;
  @Nullable Duration keep;
  JobFeed feed = new JobFeed();
  ServerLimits limits = ServerLimits.defaults();
  Strictness strictness = Strictness.STRICT;
  ModelCatalog catalog = ModelCatalog.tokenHub();
  Tariff tariff = Tariff.tokenHub();
  Clock clock = Clock.systemUTC();
  String host = "127.0.0.1";
  int port = 8080;
  String unknownAs = "unknown";
  Set<String> origins = Set.of();
  StreamTimes streamTimes = StreamTimes.USUAL;
  Duration patience = Duration.ofSeconds(30);
  Duration keepUploads = Uploads.KEPT;
  long uploadQuota = Uploads.QUOTA;
  boolean nearProvider;
  long minFree = 1L << 30;
  long maxDisk = Long.MAX_VALUE;

  GatewayBuilder() {}

  /** What makes the videos. Required; closed with the gateway. */
  public GatewayBuilder videos(VideoGeneration videos) {
    this.videos = Objects.requireNonNull(videos, "videos");
    return this;
  }

  /** Who may call. Required. */
  public GatewayBuilder keys(AccessKeys keys) {
    this.keys = Objects.requireNonNull(keys, "keys");
    return this;
  }

  /** What remembers answers under {@code Idempotency-Key}. Required. */
  public GatewayBuilder replays(Replays replays) {
    this.replays = Objects.requireNonNull(replays, "replays");
    return this;
  }

  /**
   * What links to clips and uploads are signed with: required, and the same for every gateway on
   * the same jobs, or one refuses what another has signed.
   *
   * @throws IllegalArgumentException if it is shorter than 32 bytes
   */
  public GatewayBuilder linkSecret(byte[] secret) {
    if (secret.length < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "linkSecret: " + SHORTEST_SECRET + " bytes or more, not " + secret.length);
    }
    this.linkSecret = secret.clone();
    return this;
  }

  /** Where uploads lie, on a disk that all gateways on the same jobs share. Required. */
  public GatewayBuilder uploads(Path directory) {
    this.uploads = Objects.requireNonNull(directory, "directory");
    return this;
  }

  /** Where the service puts its clips; only what lies there is served, and deleted. Required. */
  public GatewayBuilder clips(Path directory) {
    this.clips = Objects.requireNonNull(directory, "directory");
    return this;
  }

  /** Where the journal lies, if it is a file: it needs room too. By default nobody looks there. */
  public GatewayBuilder journal(Path file) {
    this.journal = Objects.requireNonNull(file, "file");
    return this;
  }

  /**
   * The service's listener. By default nobody tells of changes, and streams look for themselves.
   */
  public GatewayBuilder feed(JobFeed feed) {
    this.feed = Objects.requireNonNull(feed, "feed");
    return this;
  }

  /** The models to tell of: the service's own. By default TokenHub's. */
  public GatewayBuilder catalog(ModelCatalog catalog) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    return this;
  }

  /** The prices to tell of: the service's own. By default TokenHub's. */
  public GatewayBuilder tariff(Tariff tariff) {
    this.tariff = Objects.requireNonNull(tariff, "tariff");
    return this;
  }

  /**
   * What clients may make the gateway wait for, and keep. By default {@link ServerLimits}'s own.
   */
  public GatewayBuilder limits(ServerLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
    return this;
  }

  /** How requests are judged: as by the service itself. By default by every rule. */
  public GatewayBuilder strictness(Strictness strictness) {
    this.strictness = Objects.requireNonNull(strictness, "strictness");
    return this;
  }

  /** What time it is. By default the machine's. */
  public GatewayBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** The address to listen at. By default 127.0.0.1, which nobody reaches from elsewhere. */
  public GatewayBuilder host(String host) {
    this.host = Objects.requireNonNull(host, "host");
    return this;
  }

  /** The port; 0 for any that is free. By default 8080. */
  public GatewayBuilder port(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: 0 to 65535, not " + port);
    }
    this.port = port;
    return this;
  }

  /** How the gateway is reached from outside, which links begin with. By default as it listens. */
  public GatewayBuilder publicUrl(URI url) {
    this.publicUrl = Objects.requireNonNull(url, "url");
    return this;
  }

  /**
   * The status that a job of unknown outcome shows. By default {@code unknown}; clients that end on
   * {@code succeeded} and {@code failed} only need {@code failed}.
   */
  public GatewayBuilder unknownAs(String status) {
    if (!Set.of("unknown", "failed").contains(status)) {
      throw new IllegalArgumentException("unknownAs: unknown or failed, not " + status);
    }
    this.unknownAs = status;
    return this;
  }

  /** Web origins whose pages may call, such as {@code https://studio.example}. By default none. */
  public GatewayBuilder origins(Set<String> origins) {
    this.origins = Set.copyOf(origins);
    return this;
  }

  /**
   * How many bytes must be free where clips, uploads and the journal lie for new paid work to be
   * taken; for clips 64 MiB more for each that is still to come. 0 for work to be taken as long as
   * it can be recorded. By default 1 GiB.
   */
  public GatewayBuilder minFree(long bytes) {
    this.minFree = bytes;
    return this;
  }

  /** How long what ended is kept, clips included. By default for ever. */
  public GatewayBuilder keep(Duration time) {
    this.keep = Objects.requireNonNull(time, "time");
    return this;
  }

  /** How many bytes of clips are kept; beyond, the oldest jobs go first. By default no limit. */
  public GatewayBuilder maxDisk(long bytes) {
    this.maxDisk = bytes;
    return this;
  }

  /** How long uploads are kept. By default 7 days. */
  public GatewayBuilder keepUploads(Duration time) {
    this.keepUploads = Objects.requireNonNull(time, "time");
    return this;
  }

  /** How many bytes of uploads each tenant may have. By default 2 GiB. */
  public GatewayBuilder uploadQuota(long bytes) {
    this.uploadQuota = bytes;
    return this;
  }

  /**
   * The provider runs on this machine, as a sandbox does, and so reaches links that lead nowhere
   * else. By default it does not, and uploads under such links are told so.
   */
  public GatewayBuilder nearProvider(boolean near) {
    this.nearProvider = near;
    return this;
  }

  /** What event streams go by; for tests that don't wait. */
  GatewayBuilder streamTimes(StreamTimes times) {
    this.streamTimes = times;
    return this;
  }

  /**
   * How long a generation may wait for its turn and still be sent. By default 30 s: clients give up
   * after a minute or so, and ask again.
   */
  GatewayBuilder patience(Duration time) {
    this.patience = time;
    return this;
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if something required is missing
   * @throws java.io.UncheckedIOException if the address can't be listened at
   */
  public Gateway start() {
    return Gateway.start(this);
  }

  static <T> T required(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException(what + ": required");
    }
    return part;
  }
}
