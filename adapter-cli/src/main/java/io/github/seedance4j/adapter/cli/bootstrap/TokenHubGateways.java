package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.command.Gateways;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.PrivateFile;
import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.http.tokenhub.TokenHubProvider;
import io.github.seedance4j.adapter.rest.Gateway;
import io.github.seedance4j.adapter.rest.GatewayBuilder;
import io.github.seedance4j.adapter.rest.JobFeed;
import io.github.seedance4j.adapter.rest.server.ServerLimits;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.service.AccessKeyService;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.ReplayService;
import io.github.seedance4j.service.SeveralAccounts;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.standalone.HubProcess;
import io.github.seedance4j.testkit.standalone.LastingHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts gateway, services, records and, for a sandbox, the provider beside it together. */
final class TokenHubGateways implements Gateways {

  /** How often the file of keys is looked at. Tests set {@code seedance.keyfile.millis} lower. */
  private static final Duration KEY_FILE_LOOKS =
      Duration.ofMillis(Long.getLong("seedance.keyfile.millis", 3_000));

  /** Callers wait for their submission's answer, and many may call at once. */
  private static final int CREATES_AT_ONCE = 64;

  @Override
  public Running start(Setup setup) {
    requireLibraries();
    Parts parts = new Parts();
    try {
      return started(setup, parts);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static Running started(Setup setup, Parts parts) {
    boolean alone = isLoopback(setup.address().host());
    Access access = setup.provider().access();
    CompletableFuture<LastingHub> starting = // a process, which takes as long as all the rest
        access == null ? CompletableFuture.supplyAsync(() -> sandbox(setup.provider())) : null;
    if (starting != null) {
      parts.add(() -> ended(starting));
    }
    JdbcJobJournal journal = Journals.of(setup.kept());
    parts.add(journal::close);
    AccessKeys kept = AccessKeyService.on(journal.accessKeys());
    if (!alone && kept.list().stream().allMatch(key -> key.revoked().isPresent())) {
      throw new IllegalArgumentException(
          "--host "
              + setup.address().host()
              + " is reached from elsewhere, and there is no key that a caller could have; make one"
              + " first: 'serve keys add TENANT'");
    }
    OwnKey keys =
        new OwnKey(kept, setup.secret().bytes(), Clock.systemUTC().instant(), System::nanoTime);
    prepare("--clips", setup.disk().clips());
    prepare("--uploads", setup.disk().uploads());
    JobFeed feed = new JobFeed();
    URI page = null;
    SeveralAccounts videos;
    if (access == null) {
      LastingHub hub = started(Objects.requireNonNull(starting));
      page = hub.baseUrl().resolve("/_fake");
      videos = inSandbox(setup, hub, journal, feed);
    } else {
      videos = accounts(setup, access, journal, feed, parts);
    }
    parts.add(videos::close);
    Gateway gateway = listening(setup, journal, alone ? keys : kept, videos, feed);
    parts.add(gateway::close);
    return new OpenGateway(gateway.address(), alone ? keys.secretIfAlone() : null, page, parts);
  }

  private static LastingHub started(CompletableFuture<LastingHub> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException why ? why : e;
    }
  }

  private static void ended(CompletableFuture<LastingHub> starting) {
    try {
      starting.join().close();
    } catch (CompletionException e) {
      // it never began
    }
  }

  private static SeveralAccounts inSandbox(
      Setup setup, LastingHub hub, JdbcJobJournal journal, JobFeed feed) {
    ProviderAccount account = OwnSandbox.ofGateway(hub.life());
    SandboxJournal.endLeftOvers(journal, account);
    OwnSandbox provider =
        new OwnSandbox(provider(Access.SANDBOX_KEY, hub.baseUrl(), true), account);
    return SeveralAccounts.on(
        journal,
        (one, shared) -> service(setup, one, shared, feed, TokenHubWorkshop.NEARBY),
        List.of(provider));
  }

  private static SeveralAccounts accounts(
      Setup setup, Access access, JobJournal journal, JobFeed feed, Parts parts) {
    PollPlan plan = access.allowLoopback() ? TokenHubWorkshop.NEARBY : PollPlan.standard();
    BiFunction<VideoProvider, JobJournal, VideoGeneration> services =
        (provider, shared) -> service(setup, provider, shared, feed, plan);
    Function<String, VideoProvider> providers =
        key -> provider(key, access.baseUrl(), access.allowLoopback());
    Path file = setup.provider().keyFile();
    if (file == null) {
      return SeveralAccounts.on(journal, services, List.of(providers.apply(access.key())));
    }
    KeyFile keys = new KeyFile(file, providers, setup.warning());
    SeveralAccounts accounts = SeveralAccounts.on(journal, services, keys.open());
    parts.add(keys::close);
    keys.follow(accounts, KEY_FILE_LOOKS);
    return accounts;
  }

  private static TokenHubProvider provider(String key, URI baseUrl, boolean allowLoopback) {
    HttpOptions options =
        HttpOptions.builder()
            .allowLoopback(allowLoopback)
            .maxConnections(2 * CREATES_AT_ONCE)
            .build();
    return TokenHub.provider(ApiKey.of(key), baseUrl, options);
  }

  private static VideoGeneration service(
      Setup setup, VideoProvider provider, JobJournal journal, JobFeed feed, PollPlan plan) {
    Path clips = setup.disk().clips();
    return VideoGenerationService.builder()
        .provider(provider)
        .journal(journal)
        .lease(TokenHubWorkshop.LEASE)
        .catalog(ModelCatalog.tokenHub())
        .tariff(setup.terms().tariff())
        .strictness(setup.terms().strictness())
        // those of the command line, which it follows too, go where they were wanted
        .clipFiles(job -> job.clipTarget().orElse(clips.resolve(job.id() + ".mp4")))
        .onEvent(feed)
        .concurrency(CREATES_AT_ONCE)
        .pollPlan(plan)
        .build();
  }

  private static Gateway listening(
      Setup setup, JdbcJobJournal journal, AccessKeys keys, VideoGeneration videos, JobFeed feed) {
    Address address = setup.address();
    Disk disk = setup.disk();
    GatewayBuilder gateway =
        Gateway.builder()
            .videos(videos)
            .keys(keys)
            .replays(ReplayService.on(journal.replays()))
            .linkSecret(setup.secret().bytes())
            .uploads(disk.uploads())
            .clips(disk.clips())
            .nearProvider(setup.provider().access() == null) // a sandbox
            .feed(feed)
            .tariff(setup.terms().tariff())
            .strictness(setup.terms().strictness())
            .unknownAs(setup.terms().unknownAs())
            .host(address.host())
            .port(address.port())
            .origins(address.origins());
    if (address.behindProxy()) {
      gateway.limits(ServerLimits.builder().perAddress(0).build());
    }
    if (address.publicUrl() != null) {
      gateway.publicUrl(address.publicUrl());
    }
    if (setup.kept().database() == null) {
      gateway.journal(setup.kept().journal());
    }
    if (disk.minFree() != null) {
      gateway.minFree(disk.minFree());
    }
    if (disk.keep() != null) {
      gateway.keep(disk.keep());
    }
    if (disk.maxDisk() != null) {
      gateway.maxDisk(disk.maxDisk());
    }
    try {
      return gateway.start();
    } catch (RuntimeException e) {
      String why = whyItCantListen(e, address);
      throw why == null ? e : new IllegalArgumentException(why, e);
    }
  }

  /** Null if it is another trouble. */
  private static @Nullable String whyItCantListen(Throwable trouble, Address address) {
    for (Throwable one = trouble; one != null; one = one.getCause()) {
      if (one instanceof BindException && String.valueOf(one.getMessage()).contains("in use")) {
        return "--port "
            + address.port()
            + ": another program listens there; name another one, or 0 for any that is free";
      }
      if (one instanceof SocketException || one instanceof UnresolvedAddressException) {
        return "can't listen at "
            + address.host()
            + ", port "
            + address.port()
            + ": "
            + one.getMessage();
      }
    }
    return null;
  }

  private static LastingHub sandbox(Provider wanted) {
    prepare("the sandbox", wanted.sandbox());
    try {
      return HubProcess.builder()
          .taskTime(wanted.taskTime())
          .lasting(wanted.sandbox().resolve("provider"));
    } catch (IllegalStateException e) { // two in one process
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Records open(Kept kept, Tariff tariff) {
    JdbcJobJournal journal = Journals.of(kept);
    Nobody nobody = new Nobody();
    VideoGeneration videos =
        VideoGenerationService.builder()
            .provider(nobody)
            .fetcher(nobody)
            .catalog(ModelCatalog.tokenHub())
            .tariff(tariff)
            .journal(journal)
            .build();
    return new OpenRecords(AccessKeyService.on(journal.accessKeys()), videos);
  }

  /** Not on the class path of the other commands: every jar there takes them time. */
  private static void requireLibraries() {
    try {
      Class.forName("io.javalin.Javalin", false, TokenHubGateways.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "what a gateway is made of is not on the class path: start it by bin/seedance, or add"
              + " lib/serve/*",
          e);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--host: '" + host + "' is no address of this machine", e);
    }
  }

  private static void prepare(String what, Path directory) {
    try {
      PrivateFile.makeDirectory(directory);
    } catch (IOException e) {
      FileSystemException trouble =
          new FileSystemException(
              directory.toString(), null, what + ": " + directory + " can't be made: " + e);
      trouble.initCause(e);
      throw new UncheckedIOException(trouble);
    }
  }

  /** What is to be closed, the last first. */
  private static final class Parts implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    void add(Runnable end) {
      ends.push(end);
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      RuntimeException trouble = null;
      for (Runnable end : ends) {
        try {
          end.run();
        } catch (RuntimeException e) { // the others are to be closed all the same
          trouble = e;
        }
      }
      if (trouble != null) {
        throw trouble;
      }
    }
  }

  private record OpenGateway(
      URI address, @Nullable String ownKey, @Nullable URI sandboxPage, Parts parts)
      implements Running {
    @Override
    public void close() {
      parts.close();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
      return "OpenGateway[" + address + "]";
    }
  }

  private record OpenRecords(AccessKeys keys, VideoGeneration videos) implements Records {
    @Override
    public void close() {
      videos.close();
    }
  }
}
