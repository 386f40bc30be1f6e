package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that puts the user's files on the web: what it may see, say, and take. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StageTest {

  private static final String ADDRESS = "https://media.example/cat.png";

  @TempDir Path directory;

  @BeforeEach
  void putAPicture() throws IOException {
    assumeThat(File.separatorChar).as("scripts of sh, as on POSIX").isEqualTo('/');
    picture("cat.png");
  }

  private void picture(String name) throws IOException {
    BufferedImage picture = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", directory.resolve(name).toFile());
  }

  private Path script(String name, String... lines) throws IOException {
    Path script = directory.resolve(name);
    Files.write(script, List.of("#!/bin/sh", String.join("\n", lines)));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private CommandStage stage(String command, Duration longest) {
    return new CommandStage(command, directory, "", longest);
  }

  private String staged(String... lines) throws IOException {
    return stage(script("up.sh", lines).toString(), Duration.ofMinutes(1))
        .stage(directory.resolve("cat.png"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh -c \"echo https://f.example.com/{}\"",
        "/bin/bash -lc 'up {} && echo done'",
        "sh -c {}",
        "env dash -c up/{}",
        "up '$({})'",
        "up {};",
        "python3 -c 'print(\"https://f.example.com/{}\")'",
      })
  void refusesToPutAFilesNameIntoAProgram(String command) {
    assertThatThrownBy(() -> stage(command, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("let {} stand alone, such as: sh -c '… \"$1\"' sh {}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up {}",
        "up --file={}",
        "curl -F file=@{} https://f.example.com/",
        "sh -c 'echo \"$1\"' sh {}",
        "rclone copyto {} r2:clips/cat.png",
      })
  void takesAFilesNameAsAWordOfItsOwn(String command) {
    assertThat(stage(command, Duration.ofMinutes(1))).isNotNull();
  }

  @Test
  void runsNothingThatAFilesNameSays() throws IOException {
    picture("a$(touch PWNED).png");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String[] words = {
        "generate", "x", "--first-frame", "a$(touch PWNED).png", "--yes", "--stage", ""
      };
      words[6] = "sh -c \"echo https://f.example.com/{}\"";
      CommandRun.Result unsafe = CommandRun.in(directory).against(hub).run(words);
      words[6] = "sh -c 'printf %s \"$1\" > name; echo https://f.example.com/a' sh {}";
      CommandRun.Result safe = CommandRun.in(directory).against(hub).run(words);

      assertThat(unsafe.exit()).isEqualTo(2);
      assertThat(unsafe.err()).contains("sh -c '… \"$1\"' sh {}").doesNotContain("price");
      assertThat(safe.exit()).as(safe.err()).isZero();
      assertThat(directory.resolve("name"))
          .hasContent(directory.resolve("a$(touch PWNED).png").toString());
      assertThat(directory.resolve("PWNED")).doesNotExist();
      assertThat(hub.ledger().charges()).hasSize(1);
    }
  }

  @Test
  void handsABatchFileNoNameThatItsShellWouldRead() {
    assertThatThrownBy(
            () -> stage("up.bat {}", Duration.ofMinutes(1)).stage(directory.resolve("a&calc.png")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "a&calc.png is not staged: up.bat would read a part of its name as a command; rename"
                + " it");
  }

  @Test
  void takesAllThatAProgramSays() throws IOException {
    String flood = "head -c 3000000 /dev/zero | tr '\\0' x";

    assertThat(staged(flood, flood + " >&2", "echo", "echo " + ADDRESS)).isEqualTo(ADDRESS);
  }

  @Test
  void saysTheEndOfWhatAFailingProgramSaid() {
    assertThatThrownBy(
            () -> staged("head -c 3000000 /dev/zero | tr '\\0' x >&2", "echo ' no' >&2", "exit 3"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cat.png could not be staged: ")
        .hasMessageEndingWith("x no");
  }

  @Test
  void endsAProgramThatNeverEndsAndAllThatItStarted() throws Exception {
    Path pid = directory.resolve("pid");
    Path up = script("up.sh", "tail -f /dev/null & echo $! > '" + pid + "'", "wait");

    assertThatThrownBy(
            () -> stage(up.toString(), Duration.ofSeconds(2)).stage(directory.resolve("cat.png")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not end within 2.0 seconds");
    assertThat(ends(Long.parseLong(Files.readString(pid).strip()))).isTrue();
  }

  @Test
  void doesNotWaitForWhatAProgramLeavesRunning() throws Exception {
    Path pid = directory.resolve("pid");
    try {
      assertThat(staged("tail -f /dev/null & echo $! > '" + pid + "'", "echo " + ADDRESS))
          .isEqualTo(ADDRESS);
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "takes", "batch"})
  void endsTheProgramOnCtrlCAndSendsNothing(String how) throws Exception {
    assumeThat(Files.isReadable(Path.of("/proc/self/status"))).as("signals, on Linux").isTrue();
    Path pipe = pipe();
    Path up = script("up.sh", "trap '' HUP", "echo $$ > '" + pipe + "'", "exec tail -f /dev/null");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        "{\"model\":\"fast\",\"prompt\":\"x\",\"image_url\":\"cat.png\"}\n");
    List<String> words =
        how.equals("batch")
            ? List.of("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9")
            : List.of("generate", "x", "--first-frame", "cat.png", "--yes");
    String[] all =
        Stream.of(
                words,
                List.of("--stage", up + " {}"),
                how.equals("takes") ? List.of("--takes", "3") : List.<String>of())
            .flatMap(List::stream)
            .toArray(String[]::new);
    try (FakeTokenHub hub = FakeTokenHub.start();
        CommandProcess run = CommandProcess.start(directory, hub.baseUrl().toString(), all)) {
      long pid = Long.parseLong(Files.readString(pipe).strip());
      run.interrupt();

      run.assertInterrupted();
      assertThat(run.said())
          .contains(
              how.equals("generate")
                  ? "Nothing was sent, and nothing is charged."
                  : "Stopping: nothing more is sent.")
          .doesNotContain("error:");
      assertThat(ends(pid)).isTrue();
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  /** Whether a process is gone, at once or soon. */
  private static boolean ends(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
    return true;
  }

  @Test
  void hidesTheKeyFromTheProgram() throws Exception {
    Path up = script("up.sh", "env > env.txt", "echo " + ADDRESS);
    try (FakeTokenHub hub = FakeTokenHub.start();
        CommandProcess run =
            CommandProcess.start(
                directory,
                hub.baseUrl().toString(),
                "generate",
                "x",
                "--first-frame",
                "cat.png",
                "--yes",
                "--stage",
                up.toString())) {
      assertThat(run.awaitExit()).as(run.said()).isZero();
    }
    assertThat(directory.resolve("env.txt"))
        .content()
        .contains("SEEDANCE_ALLOW_LOOPBACK=true")
        .doesNotContain("TOKENHUB_API_KEY");
  }

  @Test
  void saysBeforeThePriceThatTheProgramIsNotThere() throws IOException {
    Files.writeString(directory.resolve("up.sh"), "#!/bin/sh\n");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        "{\"model\":\"fast\",\"prompt\":\"x\",\"image_url\":\"cat.png\"}\n");
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      assertThat(missing(hub, "nosuch.sh {}"))
          .startsWith(
              "error: --stage: there is no program nosuch.sh on your PATH; nothing was sent\n");
      assertThat(missing(hub, "up.sh {}"))
          .contains("nothing was sent. The one in this directory is ./up.sh\n");
      assertThat(missing(hub, "./nosuch.sh {}"))
          .contains("--stage: there is no program ./nosuch.sh; nothing was sent\n");
      assertThat(missing(hub, "./up.sh {}"))
          .contains("--stage: ./up.sh can't be run (chmod +x); nothing was sent\n");
      CommandRun.Result batch =
          CommandRun.in(directory)
              .against(hub)
              .set("SEEDANCE_STAGE", "nosuch.sh {}")
              .run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9");
      assertThat(batch.exit()).isEqualTo(2);
      assertThat(batch.err()).contains("there is no program nosuch.sh on your PATH");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  private String missing(FakeTokenHub hub, String stage) {
    CommandRun.Result run =
        CommandRun.in(directory)
            .against(hub)
            .answering("y\n")
            .run("generate", "x", "--first-frame", "cat.png", "--stage", stage);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("price").doesNotContain("error=");
    return run.err();
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate x --first-frame cat.png", "batch shots.jsonl --out-dir out"})
  void rehearsesInTheSandboxIfTheFlagSaysSo(String line) throws IOException {
    Path up = script("up.sh", "echo \"$1\" >> staged.txt", "echo " + ADDRESS);
    Files.writeString(
        directory.resolve("shots.jsonl"),
        "{\"model\":\"fast\",\"prompt\":\"x\",\"image_url\":\"cat.png\"}\n");
    String[] words = (line + " --sandbox").split(" ");

    CommandRun.Result set = CommandRun.in(directory).set("SEEDANCE_STAGE", up + " {}").run(words);
    assertThat(set.exit()).as(set.err()).isZero();
    assertThat(directory.resolve("staged.txt")).doesNotExist();

    CommandRun.Result flag =
        CommandRun.in(directory)
            .run(
                Stream.concat(
                        Stream.of(words),
                        Stream.of("--stage", up + " {}", "--journal", "another.db"))
                    .toArray(String[]::new));
    assertThat(flag.exit()).as(flag.err()).isZero();
    assertThat(flag.err()).contains("Staging cat.png …\n");
    assertThat(Files.readAllLines(directory.resolve("staged.txt"))).hasSize(1);
  }

  /** With another host, and curl on loopback. */
  @Test
  void runsTheScriptOfTheReadme() throws IOException, InterruptedException {
    Path readme = Path.of("..", "README.md");
    assumeThat(readme).as("the sources are beside this module").exists();
    assumeThat(new ProcessBuilder("sh", "-c", "command -v curl sha256sum").start().waitFor())
        .as("curl and sha256sum: apt-get install curl coreutils")
        .isZero();
    String script =
        Files.readString(readme).replaceAll("(?s).*?```sh\n(#!/bin/sh\n.*?)```.*", "$1");
    assertThat(script).contains("https://files.example.com/");
    Map<String, byte[]> put = new ConcurrentHashMap<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        call -> {
          put.put(
              call.getRequestMethod() + " " + call.getRequestURI().getPath(),
              call.getRequestBody().readAllBytes());
          call.sendResponseHeaders(201, -1);
          call.close();
        });
    server.start();
    try {
      picture("my [1-9] {cat}.png");
      String host = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      Path up = script("upload.sh", script.replace("https://files.example.com/", host));

      String address =
          stage(up + " {}", Duration.ofMinutes(1)).stage(directory.resolve("my [1-9] {cat}.png"));

      assertThat(address).startsWith(host).endsWith(".png");
      assertThat(put).hasSize(1);
      assertThat(put.get("PUT /" + address.substring(host.length())))
          .isEqualTo(Files.readAllBytes(directory.resolve("my [1-9] {cat}.png")));
    } finally {
      server.stop(0);
    }
  }
}
