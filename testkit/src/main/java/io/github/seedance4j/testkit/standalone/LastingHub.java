package io.github.seedance4j.testkit.standalone;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fake in a JVM of its own that outlives whoever started it, {@code kill -9} included: a file,
 * for its owner alone, tells where it is, and whoever comes next under the same file finds it again
 * with its tasks and its ledger. Several processes may use it at once. {@link #close} ends it when
 * the last of them leaves; if that one was killed, it ends by itself after half an hour in which
 * nobody came. Thread-safe.
 */
public final class LastingHub implements AutoCloseable {

  private static final Duration TOUCH = Duration.ofSeconds(20);
  private static final long LONGEST_END_SECONDS = 10;

  /** Ctrl-C in a terminal goes to all that was started there, and so does a terminal's end. */
  private static final String DEAF = "trap '' INT HUP; exec \"$@\"";

  private final Path file;
  private final FileChannel locks;
  private final FileLock use;
  private final Told told;
  private final ScheduledExecutorService timer;

  private LastingHub(Path file, FileChannel locks, FileLock use, Told told) {
    this.file = file;
    this.locks = locks;
    this.use = use;
    this.told = told;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "fake-tokenhub-lease");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleAtFixedRate(this::touch, 0, TOUCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What the file says. */
  private record Told(long pid, long startedAt, URI baseUrl) {

    private Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> startOf(process) == startedAt); // ids are given again
    }

    private boolean answers() {
      try {
        new AdminClient(baseUrl.resolve("/_fake/")).get("clock");
        return true;
      } catch (UncheckedIOException | IllegalArgumentException e) {
        return false;
      }
    }

    private String text() {
      return "pid=" + pid + "\nstarted=" + startedAt + "\nurl=" + baseUrl + "\n";
    }

    private static Optional<Told> read(Path file) throws IOException {
      try {
        Map<String, String> lines =
            Files.readAllLines(file).stream()
                .filter(line -> line.indexOf('=') > 0)
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b));
        return Optional.of(
            new Told(
                Long.parseLong(lines.getOrDefault("pid", "")),
                Long.parseLong(lines.getOrDefault("started", "")),
                URI.create(lines.getOrDefault("url", ""))));
      } catch (NoSuchFileException | IllegalArgumentException e) {
        return Optional.empty(); // none, or one that nobody of ours wrote
      }
    }
  }

  /** By {@link HubProcess.Builder#lasting}. */
  @SuppressWarnings("try") // a turn is only to be had
  static LastingHub join(Path named, HubProcess.Builder settings) throws IOException {
    Path file = named.toAbsolutePath();
    FileChannel locks =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try (FileLock turn = locks.lock(0, 1, false)) {
      Told told = Told.read(file).filter(one -> one.process().isPresent()).orElse(null);
      if (told == null || !told.answers()) {
        Files.deleteIfExists(file); // or the new one would take itself for replaced
        told = start(file, settings);
      }
      return new LastingHub(file, locks, locks.lock(1, 1, true), told);
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException(file + " is in use by this very process", e);
    } catch (IOException | RuntimeException e) {
      locks.close();
      throw e;
    }
  }

  private static Told start(Path file, HubProcess.Builder settings) throws IOException {
    List<String> command = new ArrayList<>();
    if (File.separatorChar == '/') {
      command.addAll(List.of("/bin/sh", "-c", DEAF, "sh"));
    }
    command.addAll(
        settings.command(file.resolveSibling("ledger.jsonl"), "--lease=" + file.toAbsolutePath()));
    // apart from what it prints: a virtual machine says things there before all else
    Path said = file.resolveSibling(file.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(said.toFile())
            .redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"))
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String first = out.readLine();
      if (first == null || !first.startsWith("http://")) {
        throw new IOException(Files.readString(said).strip());
      }
      Told told = new Told(process.pid(), startOf(process.toHandle()), URI.create(first));
      write(file, told.text());
      return told;
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Whole or not at all, and from the beginning for nobody else. */
  private static void write(Path file, String text) throws IOException {
    Path part = Files.createTempFile(file.getParent(), ".hub-", ".tmp");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** What a client takes for its base URL. */
  public URI baseUrl() {
    return told.baseUrl();
  }

  /** Of the fake's process. */
  public long pid() {
    return told.pid();
  }

  /** Tells one life of it from the next, which knows none of its tasks. */
  public String life() {
    return Long.toString(told.pid(), 36) + "-" + Long.toString(told.startedAt(), 36);
  }

  private void touch() {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // gone, or a full disk: it has patience
    }
  }

  /** Leaves; the last one ends it, and waits until it has ended. */
  @SuppressWarnings("try")
  @Override
  public void close() {
    timer.shutdownNow();
    if (!locks.isOpen()) {
      return;
    }
    try (locks;
        FileLock turn = locks.lock(0, 1, false)) {
      use.release();
      if (isLast() && Told.read(file).equals(Optional.of(told))) {
        Files.deleteIfExists(file);
        told.process().ifPresent(LastingHub::end);
      }
    } catch (IOException e) {
      // it ends by itself
    }
  }

  private boolean isLast() throws IOException {
    try (@Nullable FileLock alone = locks.tryLock(1, 1, false)) {
      return alone != null;
    }
  }

  private static void end(ProcessHandle process) {
    CompletableFuture<ProcessHandle> end = process.onExit();
    process.destroy();
    try {
      end.get(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      process.destroyForcibly();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
