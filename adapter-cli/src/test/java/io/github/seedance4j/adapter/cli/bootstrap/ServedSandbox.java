package io.github.seedance4j.adapter.cli.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code serve --sandbox} in a process of its own, which may be killed and started again. */
final class ServedSandbox implements AutoCloseable {

  /** What it follows is taken up again within seconds after a kill. */
  private static final List<String> QUICK = List.of("-Dseedance.lease.millis=1500");

  private final Path directory;
  private final List<String> flags;
  private CommandProcess process;
  private URI base;
  private URI provider;
  private String key;

  private ServedSandbox(Path directory, List<String> flags) throws IOException {
    this.directory = directory;
    this.flags = flags;
    this.process = start(0);
    read();
  }

  static ServedSandbox start(Path directory, String... flags) throws IOException {
    return new ServedSandbox(directory, List.of(flags));
  }

  private CommandProcess start(int port) throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "--sandbox", "--port", "" + port));
    words.addAll(flags);
    CommandProcess started =
        CommandProcess.start(directory, "", QUICK, words.toArray(new String[0]));
    started.readUntil("The provider that it plays: ");
    provider = URI.create(started.said().replaceFirst("(?s).*it plays: (\\S+).*", "$1"));
    return started;
  }

  private void read() throws IOException {
    base = URI.create(exported());
    key = exported(); // nothing of the kind where there are keys
  }

  private String exported() throws IOException {
    return process.out.readLine().replaceFirst("^export \\w+=", "");
  }

  /** As kill -9 does; then another at the same address. */
  void killAndStartAgain() throws Exception {
    process.kill();
    process = start(base.getPort());
    read();
  }

  /** What takes the place of the provider's base URL. */
  URI base() {
    return base;
  }

  String key() {
    return key;
  }

  /** Where the provider tells of itself, and is told how to misbehave. */
  URI provider() {
    return provider;
  }

  Path ledger() {
    return directory.resolve("home/seedance4j/gateway-sandbox/ledger.jsonl");
  }

  /** Ends it, and the provider with it. */
  @Override
  public void close() throws IOException {
    try {
      process.interrupt();
      process.awaitExit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.close();
      Path provider = directory.resolve("home/seedance4j/gateway-sandbox/provider");
      if (Files.exists(provider)) {
        Files.readAllLines(provider).stream()
            .filter(line -> line.startsWith("pid="))
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring(4))).stream())
            .forEach(ProcessHandle::destroyForcibly);
      }
    }
  }
}
