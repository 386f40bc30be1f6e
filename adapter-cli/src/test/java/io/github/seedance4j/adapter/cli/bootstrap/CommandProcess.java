package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, where a process matters, and what it says. */
final class CommandProcess implements AutoCloseable {

  private final Process process;
  final BufferedReader out;
  private final BufferedReader err;
  private final StringBuilder said = new StringBuilder();
  private int signal;

  private CommandProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = process.errorReader(StandardCharsets.UTF_8);
  }

  void readUntil(String text) throws IOException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("never said '" + text + "' but: " + said);
  }

  /** Ctrl-C; or TERM where whoever started us made us deaf to that, as background jobs are. */
  void interrupt() throws IOException, InterruptedException {
    String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    String mask = status.replaceFirst("(?s).*SigIgn:\\s*(\\w+).*", "$1");
    boolean deaf = (Long.parseUnsignedLong(mask, 16) & 2) != 0;
    signal = deaf ? 15 : 2;
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  void assertInterrupted() throws IOException, InterruptedException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said.toString()).isEqualTo(128 + signal);
  }

  String said() {
    return said.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Begins with the very environment that the command reads, in that working directory. */
  static CommandProcess start(Path directory, String baseUrl, String... args) throws IOException {
    return start(directory, baseUrl, List.of(), args);
  }

  /** The same with more for the virtual machine. */
  static CommandProcess start(Path directory, String baseUrl, List<String> machine, String... args)
      throws IOException {
    return start(directory, baseUrl, machine, Map.of(), args);
  }

  /** The same with more variables. */
  static CommandProcess start(
      Path directory,
      String baseUrl,
      List<String> machine,
      Map<String, String> variables,
      String... args)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
    words.addAll(machine);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of(args));
    ProcessBuilder process = new ProcessBuilder(words).directory(directory.toFile());
    Map<String, String> environment = process.environment();
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("TOKENHUB")
                    || name.startsWith("SEEDANCE")
                    || name.equals("LC_ALL"));
    environment.put("XDG_STATE_HOME", directory.resolve("home").toString());
    environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    if (!baseUrl.isEmpty()) {
      environment.put("TOKENHUB_BASE_URL", baseUrl);
      environment.put("TOKENHUB_API_KEY", "th-test-secret");
      environment.put("SEEDANCE_ALLOW_LOOPBACK", "true");
    }
    environment.putAll(variables);
    return new CommandProcess(process.start());
  }

  /** As kill -9 does, or the kernel that runs out of memory. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  int awaitExit() throws IOException, InterruptedException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
