package io.github.seedance4j.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zip that the build has made, unpacked where nothing of the build is. */
class DownloadIT {

  /** What a launcher may call; no compiler and no Maven. */
  private static final List<String> TOOLS =
      List.of("sh", "mkdir", "mv", "rm", "readlink", "cat", "sleep");

  /** What a JRE leaves out of a JDK; and what isn't finished. */
  private static final String OF_A_JDK =
      "(?!java\\.|jdk\\.).*"
          + "|jdk\\.(attach|compiler|editpad|graal\\..*|hotspot\\.agent|incubator\\..*|internal\\..*"
          + "|jartool|javadoc|jcmd|jconsole|jdeps|jdi|jlink|jpackage|jshell|jstatd)";

  @TempDir static Path shared;

  private static Path zip;

  @TempDir Path directory;

  @BeforeAll
  static void findsTheZip() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      zip =
          built
              .filter(file -> file.getFileName().toString().matches("seedance-.*\\.zip"))
              .findFirst()
              .orElse(null);
    }
    assumeTrue(zip != null, "needs the zip: mvn package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_HOME", "PATH"})
  void makesTheClipOfTheReadmesFirstCommandWithNothingButAJre(String where) throws Exception {
    needsShell();
    Path jre = jre();
    Path home = unpacked("else where");
    String readme = Files.readString(Path.of("../README.md"));
    String command =
        readme.lines().filter(line -> line.startsWith("./seedance ")).findFirst().orElseThrow();
    boolean onPath = where.equals("PATH");
    Map<String, String> java =
        onPath
            ? Map.of("PATH", tools() + ":" + jre.resolve("bin"))
            : Map.of("PATH", tools().toString(), "JAVA_HOME", jre.toString());

    String said =
        run(command.replaceFirst("^\\./seedance", quoted(home.resolve("bin/seedance"))), java);

    assertThat(directory.resolve("retriever.mp4")).isNotEmptyFile();
    assertThat(said).contains("Nothing was charged");
    assertThat(run(quoted(home.resolve("bin/seedance")) + " --version", java))
        .matches("seedance4j \\d+\\.\\d+\\.\\d+.*\\R");
    assertThat(Files.readString(home.resolve("README.txt")))
        .contains(command.replaceFirst("^\\./", "bin/"));
  }

  @Test
  void startsFromAnArchiveOfItsClassesOnceItWasUsedOnAJre() throws Exception {
    needsShell();
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/maps")),
        "what is mapped is seen on Linux: run it there");
    Path caches = directory.resolve("caches");
    Map<String, String> java =
        Map.of(
            "PATH",
            tools().toString(),
            "JAVA_HOME",
            jre().toString(),
            "XDG_CACHE_HOME",
            caches.toString());
    Path seedance = unpacked("elsewhere").resolve("bin/seedance"); // Java 17 takes no space

    run(quoted(seedance) + " --version", java);
    Path archive = madeInTheBackground(caches);

    Process sandbox = process(quoted(seedance) + " sandbox", java).start();
    try {
      assertThat(sandbox.inputReader().readLine()).contains("TOKENHUB_BASE_URL=");
      assertThat(Files.readString(Path.of("/proc/" + sandbox.pid() + "/maps")))
          .contains(archive.toString());
    } finally {
      sandbox.destroyForcibly().waitFor();
    }
  }

  @Test
  void keepsItsJournalWithTheDatabaseItBrings() throws Exception {
    needsShell();
    String seedance = quoted(unpacked("else where").resolve("bin/seedance"));
    Map<String, String> java =
        Map.of("PATH", tools().toString(), "JAVA_HOME", System.getProperty("java.home"));

    run(seedance + " budget --set 5 --per day", java);

    assertThat(run(seedance + " budget", java))
        .contains("budget of 5.00 USD per day: 5.00 USD left");
  }

  @Test
  void runsTheGatewayWithNothingButAJre() throws Exception {
    needsShell();
    String seedance = quoted(unpacked("else where").resolve("bin/seedance"));
    Map<String, String> java =
        Map.of(
            "PATH",
            tools().toString(),
            "JAVA_HOME",
            jre().toString(),
            "JAVA_TOOL_OPTIONS", // it ends once it listens
            "-Dseedance.rehearsal=true");

    String said = run(seedance + " serve --sandbox --port 0", java);

    assertThat(said)
        .contains("export TOKENHUB_BASE_URL=http://127.0.0.1:", "export TOKENHUB_API_KEY=sgw_")
        .contains("The gateway listens at http://127.0.0.1:");
  }

  @Test
  void holdsWhatItShould() throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<String> names =
          file.stream()
              .map(ZipEntry::getName)
              .filter(name -> !name.endsWith("/"))
              .map(name -> name.substring(name.indexOf('/') + 1))
              .toList();

      assertThat(names)
          .contains(
              "bin/seedance",
              "bin/seedance.bat",
              "seedance.jar",
              "completion/seedance.bash",
              "completion/_seedance",
              "completion/seedance.fish",
              "man/seedance.1",
              "README.txt",
              "LICENSE",
              "NOTICE",
              "THIRD-PARTY.txt")
          .noneMatch(name -> name.matches("lib/.*(junit|assertj|mockito|archunit).*"))
          .noneMatch(name -> name.matches("lib/[^/]*(validator|javalin|jetty|postgres).*"))
          .anyMatch(name -> name.matches("lib/serve/javalin-.*"));
      assertThat(text(file, "completion/seedance.bash")).endsWith("-F _seedance seedance\n");
      assertThat(text(file, "completion/_seedance")).startsWith("#compdef seedance");
      assertThat(text(file, "completion/seedance.fish")).contains("complete -c seedance");
      assertThat(text(file, "man/seedance.1"))
          .matches("(?s)\\.TH SEEDANCE 1 \"\" \"seedance4j [0-9].*");
      assertThat(text(file, "bin/seedance.bat").lines()).hasSizeGreaterThan(10);
      assertThat(text(file, "bin/seedance.bat")).contains("\r\n").doesNotContainPattern("[^\r]\n");
      // it can't be tried here: a path with a space or &, an argument with ! or %, the exit code
      assertThat(text(file, "bin/seedance.bat"))
          .contains(
              "\r\nsetlocal EnableExtensions DisableDelayedExpansion\r\n",
              "-jar \"%~dp0..\\seedance.jar\" %*\r\nexit /b %ERRORLEVEL%\r\n",
              "-cp \"%~dp0..\\seedance.jar;%~dp0..\\lib\\serve\\*\" ");
    }
  }

  @Test
  void namesTheLicenceOfEveryJarAndOfNoOther() throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<String> jars =
          file.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.contains("/lib/"))
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.replaceAll(".*/|-\\d.*", ""))
              .toList();
      List<String> listed =
          Pattern.compile("(?m)^(\\S+) +(Apache-2\\.0|MIT|CC0-1\\.0|BSD-2-Clause|EPL-2\\.0)\\b")
              .matcher(text(file, "THIRD-PARTY.txt"))
              .results()
              .map((MatchResult line) -> line.group(1))
              .toList();

      assertThat(jars).hasSizeGreaterThan(10);
      assertThat(listed).containsExactlyInAnyOrderElementsOf(jars);
    }
  }

  private static String text(ZipFile file, String name) throws IOException {
    ZipEntry entry =
        file.stream().filter(it -> it.getName().endsWith("/" + name)).findFirst().orElseThrow();
    try (InputStream in = file.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void needsShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
  }

  /** Java as it is without a JDK's tools, made once, in a directory with a space in its name. */
  private static synchronized Path jre() throws IOException, InterruptedException {
    Path jre = shared.resolve("a jre");
    Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
    assumeTrue(Files.isExecutable(jlink), "needs jlink: apt install openjdk-17-jdk-headless");
    if (!Files.exists(jre)) {
      String modules =
          ModuleFinder.ofSystem().findAll().stream()
              .map(module -> module.descriptor().name())
              .filter(name -> !name.matches(OF_A_JDK))
              .sorted()
              .collect(Collectors.joining(","));
      Process process =
          new ProcessBuilder(jlink.toString(), "--add-modules", modules, "--output", jre.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean made = process.waitFor() == 0;
      assumeTrue(made || !said.contains("jmods"), "needs the jmods of a JDK: " + said);
      assertThat(made).as(said).isTrue();
      assertThat(jre.resolve("bin/javac")).doesNotExist();
    }
    return jre;
  }

  /** Waits until the one that makes it has gone. */
  private static Path madeInTheBackground(Path caches) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      try (Stream<Path> files = Files.walk(caches)) {
        List<String> all = files.map(Path::toString).toList();
        Optional<String> archive = all.stream().filter(file -> file.endsWith(".jsa")).findFirst();
        if (archive.isPresent() && all.stream().noneMatch(file -> file.contains(".cds-lock"))) {
          return Path.of(archive.get());
        }
        assertThat(all).noneMatch(file -> file.endsWith(".failed"));
      } catch (UncheckedIOException | NoSuchFileException e) {
        // it went away while we looked
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no archive in " + caches);
  }

  /** The directory that the zip holds; its files are executable where the zip says so. */
  private Path unpacked(String name) throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve(name));
    try (FileSystem file =
            FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
        Stream<Path> inside = Files.walk(file.getPath("/"))) {
      for (Path entry : inside.toList()) {
        Path target = elsewhere.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.copy(entry, target);
          Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(entry));
        }
      }
    }
    try (Stream<Path> top = Files.list(elsewhere)) {
      return top.findFirst().orElseThrow();
    }
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  /** Of what there usually is on a PATH, what a launcher may call; no Java. */
  private Path tools() throws IOException {
    Path tools = directory.resolve("tools");
    if (!Files.exists(tools)) {
      Files.createDirectory(tools);
      for (String tool : TOOLS) {
        Path program =
            Stream.of(Path.of("/bin", tool), Path.of("/usr/bin", tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Files.createSymbolicLink(tools.resolve(tool), program);
      }
    }
    return tools;
  }

  /** What it says on both streams, with nothing else set. */
  private String run(String command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Process started = process(command, environment).start();
    started.getOutputStream().close();
    String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(started.exitValue()).as(said).isZero();
    return said;
  }

  private ProcessBuilder process(String command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder process =
        new ProcessBuilder("/bin/sh", "-c", "exec " + command)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    process.environment().clear();
    process.environment().put("HOME", Files.createDirectories(directory.resolve("home")) + "");
    // no archive is made in the background, which would outlive the test
    process.environment().put("XDG_CACHE_HOME", "/dev/null");
    process.environment().putAll(environment);
    return process;
  }
}
