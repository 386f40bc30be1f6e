package io.github.seedance4j.adapter.cli.serve;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Gateways;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.Values;
import io.github.seedance4j.request.Strictness;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** Runs the gateway until it is asked to end, and makes its callers' keys. */
public final class ServeCommand extends JournalCommand {

  /** The launcher wants to know what classes are needed up to here, for an archive of them. */
  private static final boolean IS_REHEARSAL = Boolean.getBoolean("seedance.rehearsal");

  private static final int USUAL_PORT = 8080;
  private static final String USUAL_HOST = "127.0.0.1";
  private static final Duration USUAL_TASK = Duration.ofSeconds(5);
  private static final String API = "/api/v1";

  private final Flag<String> what;
  private final Flag<String> verb;
  private final Flag<List<String>> names;
  private final Flag<Integer> port;
  private final Flag<String> host;
  private final Flag<String> publicUrl;
  private final Flag<String> db;
  private final Flag<String> clips;
  private final Flag<String> uploads;
  private final Flag<String> secretFile;
  private final Flag<Boolean> behindProxy;
  private final Flag<String> unknownAs;
  private final Flag<List<String>> origins;
  private final Flag<Long> minFree;
  private final Flag<Duration> keep;
  private final Flag<Long> maxDisk;
  private final Flag<Boolean> relaxed;
  private final Flag<Duration> taskSeconds;
  private final KeyFlags keyFlags;

  public ServeCommand(Surroundings around, Workshop workshop) {
    super(
        "serve",
        "Run the gateway: TokenHub's own API made safe, for programs in any language and for teams"
            + " that share a key and a budget. Ends at Ctrl-C or SIGTERM, once calls in flight are"
            + " answered.",
        around,
        workshop,
        "%nExamples:",
        "  seedance serve --sandbox --port 8787",
        "  seedance serve keys add studio --budget 50/month --per-minute 60",
        "  seedance serve keys list",
        "%nClients call the address that it prints in place of TokenHub's, with a key of",
        "'serve keys add'. While there is none, and on this machine alone, it prints",
        "one of its own. The provider's key comes from the usual place; in the file",
        "that TOKENHUB_API_KEY_FILE names it may be replaced while the gateway runs:",
        "the first line creates, further lines still ask for their jobs.",
        "%nEnvironment:",
        "  SEEDANCE_DB                 as --db, but not with --sandbox",
        "  SEEDANCE_DB_PASSWORD        its password, or",
        "  SEEDANCE_DB_PASSWORD_FILE   a file with it");
    what = flags.maybe(0, "keys", "add, list or revoke keys, instead of running.", "keys");
    verb = flags.maybe(1, "WHAT", "add, list or revoke.", "add", "list", "revoke");
    names =
        flags.arguments(
            2,
            "[TENANT...]",
            "Whose key to add: one tenant's keys share its jobs and its budget. Which keys to"
                + " revoke, also by their id.");
    port = flags.option(Integer.class, "N", "The port. 0: any. Default: 8080.", "-p", "--port");
    host =
        flags.text(
            "ADDRESS",
            "Where to listen. Default: 127.0.0.1, which only this machine reaches; elsewhere a key"
                + " is needed first.",
            "--host");
    publicUrl =
        flags.text(
            "URL",
            "How it is reached from outside, which links to clips begin with. Default: as it"
                + " listens.",
            "--public-url");
    db =
        flags.text(
            "URL",
            "Keep jobs, keys and answers in PostgreSQL, for several gateways at once:"
                + " postgresql://user@host/name. Default: the journal's file.",
            "--db");
    clips =
        flags.text(
            "DIR",
            "Where clips lie; several gateways need the same. Default: in the state directory.",
            "--clips");
    uploads = flags.text("DIR", "The same for uploads.", "--uploads");
    secretFile =
        flags.text(
            "FILE",
            "What links are signed with; several gateways need the same. Default: gateway.secret"
                + " in the state directory; made when missing.",
            "--secret-file");
    behindProxy =
        flags.toggle(
            "All clients come by a reverse proxy elsewhere: don't bound the connections of one"
                + " address.",
            "--behind-proxy");
    unknownAs =
        flags.converted(
            String.class,
            new Values.Word("unknown", "failed"),
            "STATUS",
            "What an unknown outcome is called. failed: for clients that know no other end."
                + " Default: unknown.",
            "--unknown-as");
    origins =
        flags.texts(
            "ORIGIN",
            "Let pages of this web origin call, such as https://studio.example. Default: none.",
            "--allow-origin");
    minFree =
        flags.converted(
            Long.class,
            new Values.Size(),
            "SIZE",
            "Take no new paid work while less is free on the disk. Default: 1G.",
            "--min-free");
    keep =
        flags.converted(
            Duration.class,
            new Values.Age(),
            "AGE",
            "Forget what ended that long ago, clips included, such as 30d. Default: never.",
            "--keep");
    maxDisk =
        flags.converted(
            Long.class,
            new Values.Size(),
            "SIZE",
            "Let the oldest clips go beyond that, such as 200G. Default: no limit.",
            "--max-disk");
    relaxed =
        flags.toggle("Advise where only the model's maker says so, and don't refuse.", "--relaxed");
    taskSeconds =
        flags.converted(
            Duration.class,
            new Values.Seconds(),
            "N",
            "How long a task takes with --sandbox. Default: 5.",
            "--task-seconds");
    keyFlags = new KeyFlags(flags);
  }

  @Override
  public Integer call() {
    String word = what.value();
    if (word == null) {
      keyFlags
          .used()
          .ifPresent(
              flag -> {
                throw usage(flag + " goes with: " + kept("serve", "keys", "add", "TENANT"));
              });
      return serve();
    }
    if (!word.equals("keys")) {
      throw usage("there is 'serve' alone and 'serve keys', not 'serve " + word + "'");
    }
    List<Flag<?>> running =
        List.of(
            port,
            host,
            publicUrl,
            clips,
            uploads,
            secretFile,
            behindProxy,
            unknownAs,
            origins,
            minFree,
            keep,
            maxDisk,
            relaxed,
            taskSeconds);
    for (Flag<?> flag : running) {
      if (flag.value() instanceof Boolean on ? on : flag.value() != null) {
        throw usage(keyFlags.nameOf(flag) + " is for running the gateway, not for its keys");
      }
    }
    List<String> named = names.or(List.of());
    try (Gateways.Records records = workshop.gateways().open(keptWhere(), tariff())) {
      return new ServeKeys(this, keyFlags, records, tariff().currency(), json.or(false))
          .run(verb.or("list"), named);
    }
  }

  /** A refusal of what was typed. */
  ParameterException refused(String message) {
    return usage(message);
  }

  /** What judges it, with its refusal taken for what it is. */
  <T> T judged(Supplier<T> input) {
    return judging(input);
  }

  private int serve() {
    Gateways.Running gateway = judging(() -> workshop.gateways().start(setup()));
    CountDownLatch end = new CountDownLatch(1);
    return around
        .interrupts()
        .untilAsked(
            () -> {
              try {
                show(gateway);
                if (!IS_REHEARSAL) {
                  end.await();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                gateway.close();
              }
              return ExitCode.DONE;
            },
            () -> {
              Talk last = talk().takeOver();
              last.say("Ending: no new work is taken, calls in flight are answered ...");
              gateway.close();
              last.say("The gateway has ended. What it follows goes on at its next start.");
              end.countDown();
            });
  }

  private Gateways.Setup setup() {
    int number = port.or(USUAL_PORT);
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException("--port: 0 to 65535, not " + number);
    }
    Path home = home();
    return new Gateways.Setup(
        keptWhere(),
        provider(home),
        new Gateways.Address(
            host.or(USUAL_HOST), number, publicUrl(), origins(), behindProxy.or(false)),
        new Gateways.Disk(
            directory("--clips", clips, home.resolve("clips")),
            directory("--uploads", uploads, home.resolve("uploads")),
            minFree.value(),
            keep.value(),
            maxDisk.value()),
        new Gateways.Terms(
            relaxed.or(false) ? Strictness.RELAXED : Strictness.STRICT,
            tariff(),
            unknownAs.or("unknown")),
        LinkSecret.at(secretFile()),
        talk()::note);
  }

  /** What it keeps beside the journal: that of a sandbox apart. */
  private Path home() {
    return state().resolve(place.isOwnSandbox() ? "gateway-sandbox" : "gateway");
  }

  private Path state() {
    Path state = around.state();
    if (state == null) {
      throw new IllegalArgumentException(
          "there is no home directory to keep clips and secret in: set HOME");
    }
    return state;
  }

  private Path secretFile() {
    String named = secretFile.value();
    return named == null ? state().resolve("gateway.secret") : at("--secret-file", named);
  }

  private Gateways.Kept keptWhere() {
    // what is played is kept beside what was paid for only where somebody says so by a flag
    String address = db.or(place.isOwnSandbox() ? "" : around.variable(DatabaseAddress.VARIABLE));
    String name = db.value() == null ? DatabaseAddress.VARIABLE : "--db";
    return judging(
        () ->
            new Gateways.Kept(
                address.isEmpty() ? place.file() : Path.of(""),
                address.isEmpty() ? null : DatabaseAddress.of(name, address, around)));
  }

  private Gateways.Provider provider(Path home) {
    Duration time = taskSeconds.value();
    if (place.isOwnSandbox()) {
      return new Gateways.Provider(null, null, home, time == null ? USUAL_TASK : time);
    }
    if (time != null) {
      throw new IllegalArgumentException("--task-seconds goes with --sandbox");
    }
    Access access = Access.of(around, talk()::note).forClips();
    boolean fromFile =
        Access.findKey(around, unwise -> {})
            .filter(key -> key.origin().equals(Access.KEY_FILE))
            .isPresent();
    Path file = fromFile ? around.directory().resolve(around.variable(Access.KEY_FILE)) : null;
    return new Gateways.Provider(access, file, home, Duration.ZERO);
  }

  private @Nullable URI publicUrl() {
    String text = publicUrl.value();
    if (text == null) {
      return null;
    }
    URI url = web("--public-url", text);
    if (url.getRawQuery() != null || url.getRawFragment() != null || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "--public-url: nothing but an address, not '" + text + "'");
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  private Set<String> origins() {
    Set<String> all = new LinkedHashSet<>();
    for (String origin : origins.or(List.of())) {
      URI url = web("--allow-origin", origin);
      if (!(url.getScheme() + "://" + url.getRawAuthority()).equals(origin)) {
        throw new IllegalArgumentException(
            "--allow-origin: a scheme and a host such as https://studio.example, not '"
                + origin
                + "'");
      }
      all.add(origin);
    }
    return all;
  }

  private static URI web(String name, String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      // as below
    }
    throw new IllegalArgumentException(
        name + ": no http(s) address such as https://studio.example: '" + text + "'");
  }

  private Path directory(String name, Flag<String> flag, Path usual) {
    String named = flag.value();
    return named == null ? usual : at(name, named);
  }

  private Path at(String name, String text) {
    try {
      if (!text.isBlank()) {
        return around.directory().resolve(text).normalize();
      }
    } catch (InvalidPathException e) {
      // as below
    }
    throw new IllegalArgumentException(name + ": nothing can be called '" + text + "' here");
  }

  private void show(Gateways.Running gateway) {
    URI shown = publicUrl.value() == null ? gateway.address() : Objects.requireNonNull(publicUrl());
    String key = gateway.ownKey();
    if (json.or(false)) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("address", gateway.address().toString());
      line.put("base_url", shown + API);
      line.put("key", key);
      line.put("clips", directory("--clips", clips, home().resolve("clips")).toString());
      result(Json.write(line));
    } else {
      List<String> exports = new ArrayList<>(List.of("TOKENHUB_BASE_URL=" + shown + API));
      if (key != null) {
        exports.add("TOKENHUB_API_KEY=" + key);
      }
      if (Access.isThisMachine(Objects.requireNonNullElse(shown.getHost(), ""))) {
        exports.add(Access.ALLOW_LOOPBACK + "=true");
      }
      exports.forEach(line -> result("export " + line));
    }
    Stream.of(
            "The gateway listens at " + gateway.address() + " until Ctrl-C.",
            "Clips lie in " + directory("--clips", clips, home().resolve("clips")),
            key == null
                ? "Keys: " + kept("serve", "keys", "list")
                : "While it has no other key, the one above is an admin's. Make one: "
                    + kept("serve", "keys", "add", "TENANT"))
        .forEach(talk()::say);
    if (gateway.sandboxPage() != null) {
      talk().say("Nothing is charged. The provider that it plays: " + gateway.sandboxPage());
    }
  }
}
