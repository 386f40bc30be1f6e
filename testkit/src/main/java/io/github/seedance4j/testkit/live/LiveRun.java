package io.github.seedance4j.testkit.live;

import io.github.seedance4j.port.out.Timekeeper;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges a provider at the real service, for the price of one clip: free checks first, then exactly
 * one create, whatever comes of it, and all rules of success judged on what it makes. Nothing that
 * ought to be refused is ever sent. What all runs spend together stays under the cap.
 */
public final class LiveRun {

  private final Settings settings;

  private LiveRun(Settings settings) {
    this.settings = settings;
  }

  /**
   * @param opener opens the provider with a key; it is called with a wrong one too
   */
  public static <P extends VideoProvider & VideoFetcher> Builder against(
      Function<String, P> opener) {
    Objects.requireNonNull(opener, "opener");
    return new Builder(
        key -> {
          P opened = opener.apply(key);
          return new Desk(opened, opened);
        });
  }

  /**
   * Does it, on this thread: minutes at a real service. Whatever the service does is told by what
   * it returns; the key and the clip's link are in nothing that it writes.
   *
   * @throws IOException if the spending file can't be read or written, before anything is sent; or
   *     if the disk refuses the facts, when all is settled
   */
  public LiveEnd run() throws IOException {
    return new LiveSession(settings).run();
  }

  /** Settings of a run; those without a default must be set. */
  public static final class Builder {
    private final Function<String, Desk> opener;
    private @Nullable String key;
    private @Nullable Money cap;
    private @Nullable Path spending;
    private @Nullable Path facts;
    private @Nullable Path clips;
    private Tariff tariff = Tariff.tokenHub();
    private ModelCatalog catalog = ModelCatalog.tokenHub();
    private Consumer<String> out = line -> {};
    private Timekeeper time = Waiting.systemTime();
    private Duration patience = Duration.ofMinutes(45);

    private Builder(Function<String, Desk> opener) {
      this.opener = opener;
    }

    /** The key that pays. */
    public Builder key(String key) {
      this.key = Objects.requireNonNull(key, "key");
      return this;
    }

    /** The most that all runs with the same spending file may cost together. */
    public Builder cap(Money cap) {
      this.cap = Objects.requireNonNull(cap, "cap");
      return this;
    }

    /** Where runs write what they spend; made if it is not there. Keep it. */
    public Builder spendingFile(Path file) {
      this.spending = Objects.requireNonNull(file, "file");
      return this;
    }

    /** Where to write what was learnt; if that is there already, beside it. */
    public Builder factsFile(Path file) {
      this.facts = Objects.requireNonNull(file, "file");
      return this;
    }

    /** The directory for the clip; made if it is not there. */
    public Builder clipDirectory(Path directory) {
      this.clips = Objects.requireNonNull(directory, "directory");
      return this;
    }

    /** What the clip costs. Default: TokenHub's. */
    public Builder tariff(Tariff tariff) {
      this.tariff = Objects.requireNonNull(tariff, "tariff");
      return this;
    }

    /** What is believed of the models. Default: TokenHub's. */
    public Builder catalog(ModelCatalog catalog) {
      this.catalog = Objects.requireNonNull(catalog, "catalog");
      return this;
    }

    /** Told line by line what goes on. Default: nobody. */
    public Builder out(Consumer<String> out) {
      this.out = Objects.requireNonNull(out, "out");
      return this;
    }

    /** Whose time is waited by. Default: the machine's. */
    public Builder time(Timekeeper time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /** How long the task is followed. Default: 45 minutes; clips of 4 s take about two. */
    public Builder patience(Duration patience) {
      if (patience.isNegative() || patience.isZero()) {
        throw new IllegalArgumentException("patience: more than zero, not " + patience);
      }
      this.patience = patience;
      return this;
    }

    /**
     * @throws IllegalStateException naming what is not set
     * @throws IllegalArgumentException if the cap is not above zero, or not in the tariff's
     *     currency
     */
    public LiveRun build() {
      Money most = set("cap", cap);
      if (!most.currency().equals(tariff.currency()) || most.amount().signum() <= 0) {
        throw new IllegalArgumentException(
            "cap: more than zero in " + tariff.currency() + ", not " + most);
      }
      String secret = set("key", key);
      if (secret.isBlank()) {
        throw new IllegalArgumentException("key: it is blank");
      }
      return new LiveRun(
          new Settings(
              opener,
              secret,
              most,
              set("spendingFile", spending),
              set("factsFile", facts),
              set("clipDirectory", clips),
              tariff,
              catalog,
              out,
              time,
              patience));
    }

    private static <T> T set(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalStateException(name + ": must be set");
      }
      return value;
    }
  }
}
