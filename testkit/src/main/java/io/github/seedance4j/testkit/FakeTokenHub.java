package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.fault.ConnectionFault;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final Clock clock;
  private final LedgerBook ledger;
  private final RequestLog log;
  private final Strikes strikes;
  private final Script script;
  private final TaskDesk desk;
  private final ClipFiles files;
  private final HubServer server;
  private final WirelessLine line;

  private FakeTokenHub(Builder builder, LedgerBook ledger) {
    Names names = new Names(builder.seed);
    this.clock = builder.clock;
    this.ledger = ledger;
    this.log = new RequestLog();
    this.strikes = new Strikes(builder.clock);
    this.script = new Script(names.seed(), builder.seed != null);
    this.files =
        new ClipFiles(builder.clock, names.secret(), new ClipShelf(builder.clips), log, strikes);
    this.desk =
        new TaskDesk(
            builder.clock,
            builder.pace,
            builder.enforcement,
            builder.billing,
            ledger,
            log,
            names,
            script,
            strikes,
            new StatusDesk(builder.clock, strikes, files, this::origin));
    AdminPath admin =
        new AdminPath(
            new AdminState(this::baseUrl, names.seed(), desk, files, log, ledger, strikes),
            new AdminFaults(script, this::nextConnection, this::script),
            new AdminClock(builder.clock));
    this.server =
        new HubServer(builder.port, new Routes(desk, files, log, admin), script, strikes, names);
    this.line =
        new WirelessLine(
            new WirelessLine.Ends(desk, files, log, names),
            script,
            strikes,
            server::refuses,
            builder.clock);
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

  /**
   * Where to look at it in a browser. What lies below, JSON for programs in any language, is in
   * docs/sandbox.md.
   */
  public URI page() {
    return URI.create(origin() + AdminPath.ROOT);
  }

  private String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Says what shall become of the next create; what is said first comes first. */
  public NextCreate next() {
    return new NextCreate(this, script::next);
  }

  /**
   * Says what shall become of every create whose prompt contains that text, whatever is queued or
   * drawn for it: until it is said anew for the same text, or {@link #clearFaults} was called. Of
   * several texts in one prompt the one that was named first counts.
   */
  public NextCreate onPrompt(String part) {
    Objects.requireNonNull(part, "part");
    return new NextCreate(this, faults -> script.onPrompt(part, faults));
  }

  /**
   * Says what chance has for a create that no rule and no queue has anything for, with that
   * probability. Each call adds another chance. One number is drawn for each create, in the order
   * in which they arrive, so creates that don't overlap repeat with the {@link #seed}.
   *
   * @param probability over 0; together with those before it 1 at most, or else what is said next
   *     throws an {@link IllegalArgumentException}
   */
  public NextCreate sometimes(double probability) {
    return new NextCreate(this, faults -> script.sometimes(probability, faults));
  }

  /**
   * Strikes the next connection that is accepted, whatever it is for; what is said first comes
   * first. A client that keeps connections may not need a new one. {@link
   * ConnectionFault.RefusesConnections} doesn't wait: it is at work when this returns.
   */
  public FakeTokenHub nextConnection(ConnectionFault fault) {
    if (fault instanceof ConnectionFault.RefusesConnections refusal) {
      server.refuse(refusal.during());
      strikes.add(refusal);
    } else {
      script.nextConnection(fault);
    }
    return this;
  }

  /**
   * Refuses connections until what it gives back is closed; those that are open go on. The port
   * stays reserved meanwhile.
   */
  public Refusing refusing() {
    server.refuse();
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        server.admit();
      }
    };
  }

  /** A while in which the fake refuses connections. */
  public interface Refusing extends AutoCloseable {
    /**
     * Lets clients in again.
     *
     * @throws UncheckedIOException if somebody else has taken the port
     */
    @Override
    void close();
  }

  /** Forgets what was scripted and has not struck yet. Tasks that were booked keep their faults. */
  public FakeTokenHub clearFaults() {
    script.clear();
    return this;
  }

  /** What chance is drawn with: {@link Builder#seed}, or a random one. */
  public long seed() {
    return script.seed();
  }

  /**
   * Says what shall become of a task that is booked already.
   *
   * @throws IllegalArgumentException if there never was such a task
   */
  public TaskScript task(String id) {
    return script(id)
        .orElseThrow(() -> new IllegalArgumentException("id: no task of this fake: " + id));
  }

  private Optional<TaskScript> script(String id) {
    return desk.booked(id).map(task -> new TaskScript(this, task));
  }

  /** A provider that speaks to this fake without HTTP, with a key that is accepted. */
  public InMemoryProvider provider() {
    return provider("th-in-memory");
  }

  /**
   * A provider that speaks to this fake without HTTP: the same tasks, ledger, faults and clips, in
   * microseconds. What hangs or drips over a wire is broken at once. Any number can be open.
   */
  public InMemoryProvider provider(String key) {
    return new InMemoryProvider(key, baseUrl(), line);
  }

  /**
   * The bytes of a task's clip, whatever a download of it meets with.
   *
   * @throws IllegalArgumentException if there never was such a task
   */
  public byte[] clip(String taskId) {
    return desk.booked(taskId)
        .map(task -> files.bytes(task).clone())
        .orElseThrow(() -> new IllegalArgumentException("taskId: no task of this fake: " + taskId));
  }

  /**
   * What this fake charged up to now, and adjusted for tasks that have ended; not what its file had
   * before.
   */
  public Ledger ledger() {
    desk.settle();
    return ledger.read();
  }

  /** All tasks that were ever booked, in order, also those whose record the API has forgotten. */
  public List<FakeTask> tasks() {
    return desk.tasks();
  }

  /** The faults that have struck up to now, oldest first: the latest 10,000. */
  public List<Fault> struck() {
    return strikes.read().stream().map(Strikes.Strike::fault).toList();
  }

  /**
   * What happened here, in words: seed, time, tasks, what struck and what has not yet, the ledger's
   * latest lines. For a person who wonders why a test failed; not to be parsed.
   */
  public String describe() {
    return HubStory.of(seed(), clock.instant(), tasks(), ledger(), struck(), script.waiting());
  }

  /** What came in up to now, over HTTP or from a {@link #provider}. */
  public RecordedRequests requests() {
    return log.read();
  }

  /** Whether it has been closed; it can't be opened again. */
  public boolean isClosed() {
    return server.isClosed();
  }

  @Override
  public void close() {
    server.close();
    try {
      desk.settle(); // nobody can any more, once the tasks are gone
    } finally {
      ledger.close();
    }
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

    /**
     * Makes task ids, signatures and what {@link FakeTokenHub#sometimes} draws the same on every
     * run. Default: a random one, logged (System.Logger, INFO) once it matters.
     */
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
