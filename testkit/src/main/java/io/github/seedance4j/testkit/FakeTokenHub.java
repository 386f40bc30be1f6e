package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.ledger.LedgerBook;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A TokenHub of your own: the guide's two endpoints over real HTTP on 127.0.0.1, with tasks that
 * advance by a clock, clips that play, links that expire after 24 hours, records that vanish after
 * 7 days, a ledger of what was charged, and failures on request ({@link #next}). Takes any key that
 * begins with {@code th-}.
 *
 * <p>It keeps its state in memory and is thread-safe. {@link #close} ends all connections at once.
 */
public final class FakeTokenHub implements AutoCloseable {

  private final LedgerBook ledger;
  private final RequestLog log;
  private final Strikes strikes = new Strikes();
  private final TaskDesk desk;
  private final HubServer server;

  private FakeTokenHub(Builder builder, LedgerBook ledger) {
    Names names = new Names(builder.seed);
    this.ledger = ledger;
    this.log = new RequestLog();
    ClipFiles files = new ClipFiles(builder.clock, names.secret(), builder.clips, log);
    this.desk =
        new TaskDesk(
            builder.clock,
            builder.pace,
            builder.enforcement,
            builder.billing,
            ledger,
            log,
            names,
            strikes,
            task -> origin() + files.link(task));
    this.server = new HubServer(builder.port, new Routes(desk, files, log), names);
  }

  /** A fake with all defaults, on a free port. */
  public static FakeTokenHub start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** What a client takes for its base URL: {@code http://127.0.0.1:PORT/api/v1}. */
  public URI baseUrl() {
    return URI.create(origin() + Routes.BASE);
  }

  private String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Says what shall become of the next create; what is said first comes first. */
  public NextCreate next() {
    return new NextCreate(this, desk::script);
  }

  /** What was charged up to now. */
  public Ledger ledger() {
    return ledger.read();
  }

  /** All tasks that were ever booked, in order, also those whose record the API has forgotten. */
  public List<FakeTask> tasks() {
    return desk.tasks();
  }

  /** The faults that have struck up to now, in order: the latest 10,000. */
  public List<Fault> struck() {
    return strikes.read();
  }

  /** What came in over the wire up to now. */
  public RecordedRequests requests() {
    return log.read();
  }

  @Override
  public void close() {
    server.close();
    ledger.close();
  }

  /** Settings of a fake; each has a default. */
  public static final class Builder {
    private int port;
    private Clock clock = Clock.systemUTC();
    private Pace pace = Pace.IMMEDIATE;
    private Enforcement enforcement = Enforcement.STATED;
    private Billing billing = Billing.WHOLE_SECONDS;
    private @Nullable Path ledger;
    private @Nullable Long seed;
    private Function<ClipSpec, byte[]> clips = PlayableClip::render;

    private Builder() {}

    /** 0 for any free one. Default: 0. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port: 0 to 65535, not " + port);
      }
      this.port = port;
      return this;
    }

    /**
     * The time for tasks, links and the ledger; tests take a {@link SettableClock}. Default: the
     * system's.
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** How long tasks take. Default: {@link Pace#IMMEDIATE}, done at the first poll. */
    public Builder pace(Pace pace) {
      this.pace = Objects.requireNonNull(pace, "pace");
      return this;
    }

    /** A file to which the ledger is appended as JSON lines, besides memory. Default: none. */
    public Builder ledger(Path file) {
      this.ledger = Objects.requireNonNull(file, "file");
      return this;
    }

    /** Which checks a request can fail on. Default: {@link Enforcement#STATED}. */
    public Builder enforce(Enforcement enforcement) {
      this.enforcement = Objects.requireNonNull(enforcement, "enforcement");
      return this;
    }

    /** Which length is charged for. Default: {@link Billing#WHOLE_SECONDS}. */
    public Builder billing(Billing billing) {
      this.billing = Objects.requireNonNull(billing, "billing");
      return this;
    }

    /** Makes task ids and signatures the same on every run. Default: they differ. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** What renders the clips; the same spec must give the same bytes. Default: clips that play. */
    Builder clips(Function<ClipSpec, byte[]> clips) {
      this.clips = clips;
      return this;
    }

    /**
     * @throws UncheckedIOException if the port is taken or the ledger can't be opened
     */
    public FakeTokenHub start() {
      LedgerBook book = null;
      try {
        book = ledger == null ? LedgerBook.inMemory() : LedgerBook.onFile(ledger);
        FakeTokenHub hub = new FakeTokenHub(this, book);
        hub.server.start();
        return hub;
      } catch (IOException e) {
        if (book != null) {
          book.close();
        }
        throw new UncheckedIOException(
            "the fake can't start on port " + port + ": " + e.getMessage(), e);
      }
    }
  }
}
