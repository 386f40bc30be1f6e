package io.github.seedance4j.adapter.cli.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code seedance batch shots.jsonl} in a process of its own, to be ended in its middle. */
final class BatchProcess {

  static final String KEY = "th-test-secret";

  private BatchProcess() {}

  /** Clips go to {@code out}, records to {@code jobs.db}, what it says to {@code said.txt}. */
  static Process start(Path directory, URI provider, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dseedance.lease.millis=900",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "batch",
                "shots.jsonl",
                "--out-dir",
                "out",
                "--budget",
                "50.00",
                "--journal",
                "jobs.db"));
    words.addAll(List.of(more));
    ProcessBuilder process =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("said.txt").toFile());
    process
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("TOKENHUB") || name.startsWith("SEEDANCE"));
    process.environment().put("XDG_CONFIG_HOME", "/nonexistent");
    process.environment().remove("LC_ALL");
    process.environment().put("TOKENHUB_BASE_URL", provider.toString());
    process.environment().put("TOKENHUB_API_KEY", KEY);
    process.environment().put("SEEDANCE_ALLOW_LOOPBACK", "true");
    return process.start();
  }

  static String said(Path directory) {
    try {
      return Files.readString(directory.resolve("said.txt"));
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }
}
