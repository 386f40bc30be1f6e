package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.Strictness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the commands need put together for them; only {@code bootstrap} knows of what. */
public interface Workshop {

  /** What models there are. */
  ModelCatalog catalog();

  /** What they cost. */
  Tariff tariff();

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
  Bench look(Path journal, boolean make);

  /**
   * Writes a journal's copy, whole or not at all, which is known for one when it is opened.
   *
   * @param copy must not be there yet
   * @throws java.io.UncheckedIOException if the journal can't be had, or the copy can't be written
   */
  void backup(Path journal, Path copy);

  /**
   * Starts a provider that costs nothing, on loopback.
   *
   * @throws java.io.UncheckedIOException if the port or the file can't be had
   */
  Sandbox sandbox(SandboxSetup setup);

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
   * What a bench is to be like. Begins with {@link #to} or {@link #inside}; each further method
   * returns a changed copy.
   *
   * @param access whom to call; null for a sandbox of its own
   * @param taskTime how long a task takes in a sandbox of its own
   * @param clipFiles where a job's clip goes; by default where its submission wanted it, else into
   *     the working directory, named by its task
   * @param events told of all that happens, on threads of the service
   * @param pace how often to ask
   * @param journal the file that remembers jobs; null to forget them with the process
   * @param restored whether that file is known to be a backup that was put in place again
   * @param only the jobs to follow beside those that are submitted or awaited here; null for
   *     whatever nobody looks after
   * @param concurrency how many create calls are under way at once at most
   * @param budgets caps beside those that the journal keeps
   * @param sendWithin how long a job that never left, or was throttled, is tried again
   */
  record Setup(
      @Nullable Access access,
      Duration taskTime,
      Strictness strictness,
      Function<Job, Path> clipFiles,
      Consumer<JobEvent> events,
      Polling pace,
      @Nullable Path journal,
      boolean restored,
      @Nullable Set<JobId> only,
      int concurrency,
      List<Budget> budgets,
      Duration sendWithin) {

    /** For a provider that asks to wait; where nobody listens, the command gives up before. */
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(2);

    private static final int USUAL_CONCURRENCY = 4;

    private static Setup of(@Nullable Access access, Duration taskTime, Surroundings around) {
      return new Setup(
          access,
          taskTime,
          Strictness.STRICT,
          job -> ClipName.usual(around, job),
          event -> {},
          Polling.USUAL,
          null,
          false,
          Set.of(),
          USUAL_CONCURRENCY,
          List.of(),
          USUAL_PATIENCE);
    }

    /** A bench that calls there, strict, remembers nothing, and follows its own jobs alone. */
    static Setup to(Access access, Surroundings around) {
      return of(access, Duration.ZERO, around);
    }

    /** The same with a provider inside, which costs nothing and ends with the bench. */
    static Setup inside(Duration taskTime, Surroundings around) {
      return of(null, taskTime, around);
    }

    Setup judging(Strictness how) {
      return new Setup(
          access,
          taskTime,
          how,
          clipFiles,
          events,
          pace,
          journal,
          restored,
          only,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup clips(Function<Job, Path> files) {
      return new Setup(
          access,
          taskTime,
          strictness,
          files,
          events,
          pace,
          journal,
          restored,
          only,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup telling(Consumer<JobEvent> whom) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          whom,
          pace,
          journal,
          restored,
          only,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup asking(Polling often) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          often,
          journal,
          restored,
          only,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup keptIn(Path file) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          file,
          restored,
          only,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup restored(boolean known) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          journal,
          known,
          only,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup following(Set<JobId> jobs) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          journal,
          restored,
          jobs,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup followingAll() {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          journal,
          restored,
          null,
          concurrency,
          budgets,
          sendWithin);
    }

    Setup concurrency(int most) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          journal,
          restored,
          only,
          most,
          budgets,
          sendWithin);
    }

    Setup within(List<Budget> caps) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          journal,
          restored,
          only,
          concurrency,
          caps,
          sendWithin);
    }

    Setup sendingWithin(Duration time) {
      return new Setup(
          access,
          taskTime,
          strictness,
          clipFiles,
          events,
          pace,
          journal,
          restored,
          only,
          concurrency,
          budgets,
          time);
    }
  }

  /** How often a task is asked for. */
  enum Polling {
    /** As the provider wishes: clips take minutes. */
    USUAL,
    /** At once, since the answer is known to be there. */
    AT_ONCE
  }

  /** A way to the provider, to be closed after use. */
  interface Bench extends AutoCloseable {

    VideoGeneration videos();

    /** Where, and as whom, it speaks. */
    ProviderAccount account();

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
