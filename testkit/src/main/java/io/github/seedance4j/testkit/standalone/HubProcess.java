package io.github.seedance4j.testkit.standalone;

import io.github.seedance4j.testkit.Billing;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.ledger.Ledger;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A fake in a JVM of its own, so that it outlives a client that is killed and can be asked what
 * that one was charged. It ends with {@link #close}, and also when the JVM that started it dies,
 * however it does. Scripted over the admin path; the ledger is read from its file. Thread-safe.
 *
 * <p>What is refused throws {@link IllegalArgumentException} with the fake's own words; a fake that
 * does not answer, {@link UncheckedIOException}.
 */
public final class HubProcess implements AutoCloseable {

  private static final long LONGEST_END_SECONDS = 10;

  private final Process process;
  private final Path folder;
  private final Path ledger;
  private final int linesBefore;
  private final URI baseUrl;
  private final AdminClient admin;

  private HubProcess(Process process, Path folder, Path ledger, int linesBefore, URI baseUrl) {
    this.process = process;
    this.folder = folder;
    this.ledger = ledger;
    this.linesBefore = linesBefore;
    this.baseUrl = baseUrl;
    this.admin = new AdminClient(baseUrl.resolve("/_fake/"));
  }

  /** One with all defaults. */
  public static HubProcess start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** What a client takes for its base URL. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** Of the fake's process. */
  public long pid() {
    return process.pid();
  }

  /** The ledger's file, for judges in any language. */
  public Path ledgerFile() {
    return ledger;
  }

  /**
   * What was charged up to now, and adjusted for tasks that have ended: all of its file, what was
   * there before included.
   */
  public Ledger ledger() {
    admin.get("ledger?last=0"); // has the fake write down which tasks have ended
    return read();
  }

  private Ledger read() {
    try {
      return Ledger.read(ledger);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits, without polling, until the ledger has that many lines, those counted that its file had
   * before.
   *
   * @param atMost by the real clock; 5 minutes at most
   * @throws IllegalStateException if it hasn't by then
   */
  public Ledger awaitLedger(int lines, Duration atMost) {
    admin.get(
        "ledger?last=0&least="
            + Math.max(0, lines - linesBefore)
            + "&wait="
            + Math.max(1, atMost.toSeconds()));
    Ledger now = read();
    if (now.entries().size() < lines) {
      throw new IllegalStateException(
          "after " + atMost + " the ledger has " + now.entries().size() + " lines, not " + lines);
    }
    return now;
  }

  /** Scripts the next create; faults of connections are for the next connection. */
  public HubProcess next(Fault... faults) {
    return script(faults, null, null);
  }

  /** Scripts all creates whose prompt contains the text. */
  public HubProcess onPrompt(String part, Fault... faults) {
    return script(faults, "prompt", part);
  }

  /** Lets chance strike with that probability; see {@link FakeTokenHub#sometimes}. */
  public HubProcess sometimes(double probability, Fault... faults) {
    return script(faults, "chance", BigDecimal.valueOf(probability));
  }

  /** Gives more faults to a task that was booked. */
  public HubProcess task(String id, Fault... faults) {
    return script(faults, "task", id);
  }

  /** Forgets what was scripted and has not struck yet. */
  public HubProcess clearFaults() {
    admin.delete("faults");
    return this;
  }

  private HubProcess script(Fault[] faults, @Nullable String name, @Nullable Object value) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    List<Object> trees = new ArrayList<>();
    for (Fault fault : faults) {
      trees.add(FaultJson.write(fault));
    }
    body.put("faults", trees);
    if (name != null) {
      body.put(name, value);
    }
    admin.post("faults", body);
    return this;
  }

  /** What its clock shows; it goes on by itself. */
  public Instant now() {
    return Instant.parse(String.valueOf(admin.tree("clock").get("now")));
  }

  /**
   * Moves its clock on, to the millisecond.
   *
   * @throws IllegalArgumentException if it is negative: this clock goes forward only
   */
  public HubProcess advance(Duration by) {
    admin.post("clock", Map.of("advance", BigDecimal.valueOf(by.toMillis(), 3)));
    return this;
  }

  /**
   * Sets its clock, which then goes on by itself.
   *
   * @throws IllegalArgumentException if that is over already: this clock goes forward only
   */
  public HubProcess setClock(Instant to) {
    admin.post("clock", Map.of("set", to.toString()));
    return this;
  }

  /** Everything that {@code GET /_fake/state} says, as a plain JSON tree. */
  public Map<?, ?> state() {
    return admin.tree("state");
  }

  /** Ends it, and waits until it has ended. A ledger of its own goes with it. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      file.delete();
    }
    folder.toFile().delete();
  }

  /** Settings of a fake in a process of its own; each has a default. */
  public static final class Builder {
    private @Nullable Path ledger;
    private final List<String> options = new ArrayList<>();

    private Builder() {}

    /** The file of the ledger, which stays. Default: one that {@link HubProcess#close} deletes. */
    public Builder ledger(Path file) {
      this.ledger = Objects.requireNonNull(file, "file");
      return this;
    }

    /** How long tasks take, to the millisecond. Default: no time. */
    public Builder taskTime(Duration time) {
      return option("--task-seconds", BigDecimal.valueOf(time.toMillis(), 3).toPlainString());
    }

    /** Lets tasks take as long as users have published. */
    public Builder publishedPace() {
      return option("--pace", "published");
    }

    /** Which length is charged for. Default: {@link Billing#WHOLE_SECONDS}. */
    public Builder billing(Billing billing) {
      return option("--billing", billing == Billing.REAL_LENGTH ? "real" : "whole-seconds");
    }

    /** Which checks a request can fail on. Default: {@link Enforcement#STATED}. */
    public Builder enforce(Enforcement enforcement) {
      return option("--enforce", enforcement.name().toLowerCase(Locale.ROOT));
    }

    /** Makes ids and what is left to chance the same on every run. Default: they differ. */
    public Builder seed(long seed) {
      return option("--seed", Long.toString(seed));
    }

    private Builder option(String name, String value) {
      options.add(name + "=" + value);
      return this;
    }

    /**
     * Returns once it answers.
     *
     * @throws UncheckedIOException if it can't be started; the message says what it said
     */
    public HubProcess start() {
      try {
        Path folder = Files.createTempDirectory("fake-tokenhub");
        try {
          return start(folder);
        } catch (IOException | RuntimeException e) {
          delete(folder);
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the fake's process can't start: " + e.getMessage(), e);
      }
    }

    private HubProcess start(Path folder) throws IOException {
      Path lines = ledger == null ? folder.resolve("ledger.jsonl") : ledger.toAbsolutePath();
      Path said = folder.resolve("stderr.txt");
      Process process =
          new ProcessBuilder(command(lines, "--child")).redirectError(said.toFile()).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String baseUrl = out.readLine();
      if (baseUrl == null) {
        process.destroyForcibly();
        throw new IOException(Files.readString(said).strip());
      }
      // it has opened the file by now, and writes nothing before a create comes
      int linesBefore = Ledger.read(lines).entries().size();
      return new HubProcess(process, folder, lines, linesBefore, URI.create(baseUrl));
    }

    /**
     * Joins the one that this file tells of, whatever its settings, and else starts one that does
     * not end with this process. Unless it is said otherwise, its ledger is {@code ledger.jsonl}
     * beside that file.
     *
     * @param file in a directory that is there
     * @throws UncheckedIOException if none can be started; the message says what it said
     * @throws IllegalStateException if this very process has joined it already
     */
    public LastingHub lasting(Path file) {
      try {
        return LastingHub.join(file, this);
      } catch (IOException e) {
        throw new UncheckedIOException("the fake's process can't start: " + e.getMessage(), e);
      }
    }

    /** How a virtual machine with a fake is started. */
    List<String> command(Path usualLedger, String mode) throws IOException {
      Path lines = ledger == null ? usualLedger : ledger.toAbsolutePath();
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xshare:auto",
                  "-cp",
                  String.join(File.pathSeparator, classPath()),
                  SandboxServer.class.getName(),
                  mode,
                  "--ledger=" + lines));
      command.addAll(options);
      return command;
    }

    /** Where the classes that the fake stands on came from, and nothing else. */
    private static Set<String> classPath() throws IOException {
      Set<String> places = new LinkedHashSet<>();
      for (Class<?> one : List.of(FakeTokenHub.class, HttpRequest.class)) {
        CodeSource source = one.getProtectionDomain().getCodeSource();
        if (source == null || !"file".equals(source.getLocation().getProtocol())) {
          throw new IOException("there is no file that " + one.getName() + " was loaded from");
        }
        try {
          places.add(Path.of(source.getLocation().toURI()).toString());
        } catch (URISyntaxException e) {
          throw new IOException(e);
        }
      }
      return places;
    }
  }
}
