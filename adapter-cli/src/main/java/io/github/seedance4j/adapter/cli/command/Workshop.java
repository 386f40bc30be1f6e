package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Prices;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.media.MediaProbe;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.Strictness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the commands need put together for them; only {@code bootstrap} knows of what. */
public interface Workshop {

  /** What models there are. */
  ModelCatalog catalog();

  /** What they cost, if the user keeps no prices. */
  Tariff tariff();

  /** Tells keys apart, as the journal does; no key follows from it. */
  String fingerprint(String key);

  /** The digest of what is sent for a request, as the journal keeps it beside its job. */
  String bodySha256(GenerationRequest request);

  /** Knocks at an address without a key, and tells how far that got. Never throws for the net. */
  Reach reach(URI baseUrl);

  /**
   * Makes a way to the provider. Sends nothing yet, but goes on with the jobs it is to follow.
   *
   * @throws java.io.UncheckedIOException if the journal can't be had; its cause, a {@link
   *     java.nio.file.FileSystemException}, has as its reason what to tell the user
   */
  Bench open(Setup setup);

  /**
   * Opens a journal without a way to the provider, and follows nothing.
   *
   * @param make whether to make the journal where there is none; else what is shown is empty then
   * @throws java.io.UncheckedIOException if the journal can't be had; its cause, a {@link
   *     java.nio.file.FileSystemException}, has as its reason what to tell the user
   */
  default Bench look(Path journal, boolean make) {
    return look(journal, make, tariff());
  }

  /** As {@link #look(Path, boolean)}, where prices matter: those that the user set. */
  Bench look(Path journal, boolean make, Tariff tariff);

  /**
   * Writes a journal's copy, whole or not at all, which is known for one when it is opened.
   *
   * @param copy must not be there yet
   * @throws java.io.UncheckedIOException if the journal can't be had, or the copy can't be written
   */
  void backup(Path journal, Path copy);

  /**
   * Remembers that a stored job's clip is in another place now.
   *
   * @return false if the job was changed since it was looked at
   * @throws java.io.UncheckedIOException if the journal can't be had
   */
  boolean remember(Path journal, Job job, Clip clip);

  /**
   * A program of the user's that puts files on the web; it isn't run yet.
   *
   * @param command what to run for each file, which goes where {@code {}} is
   * @throws IllegalArgumentException if the command can't be read, or is unsafe
   */
  Stage stage(String command, Surroundings around);

  /**
   * Looks at media behind http and https addresses; calls nobody before it is asked to.
   *
   * @param allowLoopback whether they may be on this very machine
   */
  Links links(boolean allowLoopback);

  /** Hands a clip to whatever the desktop plays it with; false if there is nothing to. */
  boolean show(Path clip, Surroundings around);

  /**
   * Starts a provider that costs nothing, on loopback.
   *
   * @throws java.io.UncheckedIOException if the port or the file can't be had
   */
  Sandbox sandbox(SandboxSetup setup);

  /** What a gateway is put together with. */
  Gateways gateways();

  /**
   * What a sandbox is to be like.
   *
   * @param port 0 for any that is free
   * @param ledger where to write what would have been charged; null for nowhere
   * @param taskTime how long a task takes; null for as long as users have published
   * @param realLength whether a clip's real length is charged, and not what was asked for
   * @param seed what makes ids and chance repeatable; null for neither
   */
  record SandboxSetup(
      int port,
      @Nullable Path ledger,
      @Nullable Duration taskTime,
      boolean realLength,
      Enforcing enforcing,
      @Nullable Long seed) {}

  /** What a sandbox refuses a request for. */
  enum Enforcing {
    /** Also what only the model's maker says. */
    ALL,
    /** What the provider's guide says. */
    STATED,
    /** Nothing. */
    NOTHING
  }

  /**
   * What a bench is to be like: strict, remembering nothing, following its own jobs alone, unless
   * said otherwise. Begins with {@link #to} or {@link #inside}; each further method returns a
   * changed copy. Immutable.
   */
  final class Setup {

    /** For a provider that asks to wait; where nobody listens, the command gives up before. */
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(2);

    private static final int USUAL_CONCURRENCY = 4;

    private final @Nullable Access access;
    private final Duration taskTime;
    private Strictness strictness = Strictness.STRICT;
    private Function<Job, Path> clipFiles;
    private Consumer<JobEvent> events = event -> {};
    private Polling pace = Polling.USUAL;
    private @Nullable Path journal;
    private boolean isRestored;
    private @Nullable Set<JobId> only = Set.of();
    private int concurrency = USUAL_CONCURRENCY;
    private List<Budget> budgets = List.of();
    private Duration sendWithin = USUAL_PATIENCE;
    private @Nullable Tariff tariff;

    private Setup(@Nullable Access access, Duration taskTime, Function<Job, Path> clipFiles) {
      this.access = access;
      this.taskTime = taskTime;
      this.clipFiles = clipFiles;
    }

    private Setup(Setup other) {
      this(other.access, other.taskTime, other.clipFiles);
      strictness = other.strictness;
      events = other.events;
      pace = other.pace;
      journal = other.journal;
      isRestored = other.isRestored;
      only = other.only;
      concurrency = other.concurrency;
      budgets = other.budgets;
      sendWithin = other.sendWithin;
      tariff = other.tariff;
    }

    private Setup with(Consumer<Setup> change) {
      Setup copy = new Setup(this);
      change.accept(copy);
      return copy;
    }

    /** A bench that calls there. By default clips go into the working directory, by their task. */
    public static Setup to(Access access, Surroundings around) {
      return new Setup(access, Duration.ZERO, job -> ClipName.usual(around, job)).priced(around);
    }

    /** The same with a provider inside, which costs nothing and ends with the bench. */
    public static Setup inside(Duration taskTime, Surroundings around) {
      return new Setup(null, taskTime, job -> ClipName.usual(around, job)).priced(around);
    }

    private Setup priced(Surroundings around) {
      return with(copy -> copy.tariff = Prices.ofUser(around).orElse(null));
    }

    public Setup judging(Strictness how) {
      return with(copy -> copy.strictness = how);
    }

    public Setup clips(Function<Job, Path> files) {
      return with(copy -> copy.clipFiles = files);
    }

    public Setup telling(Consumer<JobEvent> whom) {
      return with(copy -> copy.events = whom);
    }

    public Setup asking(Polling often) {
      return with(copy -> copy.pace = often);
    }

    public Setup keptIn(Path file) {
      return with(copy -> copy.journal = file);
    }

    public Setup restored(boolean known) {
      return with(copy -> copy.isRestored = known);
    }

    public Setup following(Set<JobId> jobs) {
      return with(copy -> copy.only = jobs);
    }

    public Setup followingAll() {
      return with(copy -> copy.only = null);
    }

    public Setup concurrency(int most) {
      return with(copy -> copy.concurrency = most);
    }

    public Setup within(List<Budget> caps) {
      return with(copy -> copy.budgets = caps);
    }

    public Setup sendingWithin(Duration time) {
      return with(copy -> copy.sendWithin = time);
    }

    /** Whom to call; null for a sandbox of its own. */
    public @Nullable Access access() {
      return access;
    }

    /** How long a task takes in a sandbox of its own. */
    public Duration taskTime() {
      return taskTime;
    }

    /** The prices that the user keeps; null for those that come with the program. */
    public @Nullable Tariff tariff() {
      return tariff;
    }

    public Strictness strictness() {
      return strictness;
    }

    /** Where a job's clip goes. */
    public Function<Job, Path> clipFiles() {
      return clipFiles;
    }

    /** Told of all that happens, on threads of the service. */
    public Consumer<JobEvent> events() {
      return events;
    }

    /** How often to ask. */
    public Polling pace() {
      return pace;
    }

    /** The file that remembers jobs; null to forget them with the process. */
    public @Nullable Path journal() {
      return journal;
    }

    /** Whether that file is known to be a backup that was put in place again. */
    public boolean isRestored() {
      return isRestored;
    }

    /**
     * The jobs to follow beside those that are submitted or awaited here; null for whatever nobody
     * looks after.
     */
    public @Nullable Set<JobId> only() {
      return only;
    }

    /** How many create calls are under way at once at most. */
    public int concurrency() {
      return concurrency;
    }

    /** Caps beside those that the journal keeps. */
    public List<Budget> budgets() {
      return budgets;
    }

    /** How long a job that never left, or was throttled, is tried again. */
    public Duration sendWithin() {
      return sendWithin;
    }
  }

  /** How often a task is asked for. */
  enum Polling {
    /** As the provider wishes: clips take minutes. */
    USUAL,
    /** At once, since the answer is known to be there. */
    AT_ONCE
  }

  /**
   * How far it is to an address.
   *
   * @param trouble what stood in the way, as a sentence's end; null if an answer came
   * @param steps what went well, such as "resolves"
   * @param date what its answer says the time is; null if it says none
   * @param asked how long the answer took, which is as far as that time may be off
   */
  record Reach(
      @Nullable String trouble, List<String> steps, @Nullable Instant date, Duration asked) {}

  /** A way to the provider, to be closed after use. */
  interface Bench extends AutoCloseable {

    VideoGeneration videos();

    /** Where, and as whom, it speaks. */
    ProviderAccount account();

    @Override
    void close();
  }

  /** A program of the user's that puts files on the web. Thread-safe. */
  interface Stage {

    /**
     * Makes sure that the program is there.
     *
     * @throws IllegalArgumentException naming it, if it is not
     */
    void requireProgram();

    /**
     * A draft to send, once its files are on the web.
     *
     * @param steps told of each file before it goes
     * @throws IOException if the program fails; the message is for the user
     */
    GenerationDraft staged(InputMedia media, Consumer<String> steps) throws IOException;

    /** Ends whatever it started, and starts nothing more; what waits for that fails. */
    void stop();
  }

  /** Looks at media where they are; to be closed after use. */
  interface Links extends MediaProbe, AutoCloseable {

    @Override
    void close();
  }

  /** A running provider that costs nothing. */
  interface Sandbox extends AutoCloseable {

    /** What clients take for TOKENHUB_BASE_URL. */
    URI baseUrl();

    /** Where people see what is in it. */
    URI page();

    @Override
    void close();
  }
}
