package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A window with a shell in it, at which {@code seedance} is typed: a tmux server for itself alone,
 * whose home, settings and state lie in one directory.
 */
final class Terminal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 100;
  private static final int ROWS = 40;

  /** As the launcher starts it, with the class path of the tests. */
  private static final String COMMAND =
      """
      #!/bin/sh
      terminals=
      [ ! -t 0 ] || terminals=in,
      [ ! -t 1 ] || terminals=${terminals}out,
      [ ! -t 2 ] || terminals=${terminals}err
      exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto \\
        -Dseedance.program=seedance -Dseedance.terminals="$terminals" \\
        -cp '%s' %s "$@"
      """;

  private final Path directory;
  private final String name = "seedance-" + Long.toHexString(System.nanoTime());
  private int commands;

  private Terminal(Path directory) {
    this.directory = directory;
  }

  static void assumeThere() {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "tmux")));
    assumeTrue(there, "needs tmux: apt install tmux");
  }

  /** One of that width, in a shell with nothing set but that. */
  static Terminal open(Path directory, int columns, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path programs = Files.createDirectories(directory.resolve("programs"));
    Path command = programs.resolve("seedance");
    Files.writeString(
        command,
        COMMAND.formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            Main.class.getName()));
    assertThat(command.toFile().setExecutable(true)).isTrue();
    List<String> shell =
        new ArrayList<>(
            List.of(
                "env",
                "-i",
                "HOME=" + directory,
                "PATH=" + programs + ":/usr/bin:/bin",
                "TERM=screen-256color",
                "LC_ALL=C.UTF-8",
                "PS1=$ ",
                "XDG_STATE_HOME=" + directory.resolve("state"),
                "XDG_CONFIG_HOME=" + directory.resolve("config")));
    environment.forEach((variable, value) -> shell.add(variable + "=" + value));
    shell.addAll(List.of("sh", "-i"));

    Terminal terminal = new Terminal(directory);
    List<String> session = new ArrayList<>(List.of("new-session", "-d", "-x", "" + columns));
    session.addAll(List.of("-y", "" + ROWS, "-c", directory.toString()));
    session.addAll(shell);
    terminal.tmux(session.toArray(String[]::new));
    terminal.await(screen -> screen.startsWith("$"));
    return terminal;
  }

  /** Types a command, whose exit code {@link #awaitExit} tells. */
  void run(String command) throws IOException, InterruptedException {
    commands++;
    type(command + "; echo \"end " + commands + ": $?\"");
  }

  /** Types that, and Enter. */
  void type(String text) throws IOException, InterruptedException {
    tmux("send-keys", "-l", text);
    press("Enter");
  }

  /** A key by the name that tmux has for it. */
  void press(String key) throws IOException, InterruptedException {
    tmux("send-keys", key);
  }

  void resize(int columns) throws IOException, InterruptedException {
    tmux("resize-window", "-x", "" + columns, "-y", "" + ROWS);
  }

  /** Everything that was shown and is still to be seen by scrolling back. */
  String all() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p", "-S", "-").stripTrailing();
  }

  /** The same with what steers colours. */
  String inColour() throws IOException, InterruptedException {
    return tmux("capture-pane", "-e", "-p", "-S", "-").stripTrailing();
  }

  String await(String text) throws IOException, InterruptedException {
    return await(screen -> screen.contains(text));
  }

  /** What is to be seen once it is as it should be. */
  String await(Predicate<String> expected) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String screen = all();
    while (!expected.test(screen)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never as expected, but:\n" + screen);
      }
      TimeUnit.MILLISECONDS.sleep(40); // nobody tells when a program has written
      screen = all();
    }
    return screen;
  }

  /** The exit code of what was typed last, once it has ended. */
  int awaitExit() throws IOException, InterruptedException {
    Pattern end = Pattern.compile("(?m)^(?:\\^C)*end " + commands + ": (\\d+)$");
    String screen = await(seen -> end.matcher(seen).find());
    return end.matcher(screen)
        .results()
        .map((MatchResult result) -> Integer.parseInt(result.group(1)))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    try {
      tmux("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String tmux(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-L", name, "-f", "/dev/null"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TMUX"));
    builder.environment().put("TMUX_TMPDIR", directory.toString()); // where its socket is
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(command + ": " + said).isZero();
    return said;
  }
}
