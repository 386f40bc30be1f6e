package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Strictness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@code serve} needs put together for it; only {@code bootstrap} knows of what. */
public interface Gateways {

  /**
   * Starts a gateway.
   *
   * @throws IllegalArgumentException if it can't be as it is wanted; the message is for the user
   * @throws java.io.UncheckedIOException if a file can't be had, as for {@link Workshop#open}
   */
  Running start(Setup setup);

  /**
   * Opens what a gateway keeps, without a gateway and without a provider; makes what is missing.
   *
   * @throws java.io.UncheckedIOException if it can't be had, as for {@link Workshop#open}
   */
  Records open(Kept kept, Tariff tariff);

  /** Where jobs, keys and answers are kept: in a file, or in a database where that is not null. */
  record Kept(Path journal, @Nullable Database database) {}

  /**
   * A PostgreSQL database.
   *
   * @param url as its driver takes it, without a password
   */
  record Database(String url, String user, String password) {

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "Database[" + url + "]";
    }
  }

  /**
   * Who makes the videos.
   *
   * @param access null for a sandbox
   * @param keyFile where the key comes from that may be replaced; null if it can't be
   * @param sandbox where a sandbox keeps what outlives a gateway
   * @param taskTime how long its tasks take
   */
  record Provider(
      @Nullable Access access, @Nullable Path keyFile, Path sandbox, Duration taskTime) {}

  /**
   * Where it is reached.
   *
   * @param port 0 for any that is free
   * @param publicUrl how it is reached from outside; null for as it listens
   * @param origins whose pages may call
   * @param behindProxy whether all clients come from one address, so that none is counted
   */
  record Address(
      String host, int port, @Nullable URI publicUrl, Set<String> origins, boolean behindProxy) {}

  /**
   * What it keeps on disk; null for the gateway's own default.
   *
   * @param minFree bytes that must be free for new paid work
   * @param keep how long what ended is kept
   * @param maxDisk bytes of clips that are kept
   */
  record Disk(
      Path clips,
      Path uploads,
      @Nullable Long minFree,
      @Nullable Duration keep,
      @Nullable Long maxDisk) {}

  /**
   * How it judges and prices.
   *
   * @param unknownAs the status of an unknown outcome
   */
  record Terms(Strictness strictness, Tariff tariff, String unknownAs) {}

  /**
   * All of it.
   *
   * @param secret what links are signed with
   * @param warning told what is worth knowing while it runs
   */
  record Setup(
      Kept kept,
      Provider provider,
      Address address,
      Disk disk,
      Terms terms,
      Secret secret,
      Consumer<String> warning) {}

  /** 32 bytes that nobody else knows. */
  final class Secret {
    private final byte[] bytes;

    public Secret(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /** A copy. */
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return "Secret[…]";
    }
  }

  /** A gateway that listens. */
  interface Running extends AutoCloseable {

    /** Where, without a slash at the end. */
    URI address();

    /** The key that it made for itself, since it has none; null if it has some. */
    @Nullable String ownKey();

    /** Where people see what is in its sandbox; null if it has none. */
    @Nullable URI sandboxPage();

    /** Drains, and ends. Closing twice does no harm. */
    @Override
    void close();
  }

  /** What is kept. */
  interface Records extends AutoCloseable {

    AccessKeys keys();

    /** Jobs and caps; nothing is followed or sent. */
    VideoGeneration videos();

    @Override
    void close();
  }
}
