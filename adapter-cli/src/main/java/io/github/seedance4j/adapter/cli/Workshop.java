package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.Strictness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the commands need put together for them; only {@code bootstrap} knows of what. */
public interface Workshop {

  /** What models there are. */
  ModelCatalog catalog();

  /** What they cost. */
  Tariff tariff();

  /** Makes a way to the provider. Sends nothing yet. */
  Bench open(Setup setup);

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
   * What a bench is to be like.
   *
   * @param access whom to call; null for a sandbox of its own
   * @param clip where the clip goes
   * @param events told of all that happens, on threads of the service
   * @param pace how often to ask
   * @param taskTime how long a task takes in a sandbox of its own
   */
  record Setup(
      @Nullable Access access,
      Strictness strictness,
      Path clip,
      Consumer<JobEvent> events,
      Polling pace,
      Duration taskTime) {}

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
