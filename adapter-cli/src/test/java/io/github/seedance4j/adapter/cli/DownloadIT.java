package io.github.seedance4j.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that the build has made, unpacked where nothing of the build is. */
class DownloadIT {

  /** What a launcher may call; no compiler and no Maven. */
  private static final List<String> TOOLS =
      List.of("sh", "mkdir", "mv", "rm", "readlink", "cat", "sleep");

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

  @Test
  void makesTheClipOfTheReadmesFirstCommandWithNothingButJava() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
    Path home = unpacked();
    String readme = Files.readString(Path.of("../README.md"));
    String command =
        readme.lines().filter(line -> line.startsWith("./seedance ")).findFirst().orElseThrow();

    String said = run(command.replaceFirst("^\\./seedance", quoted(home.resolve("bin/seedance"))));

    assertThat(directory.resolve("retriever.mp4")).isNotEmptyFile();
    assertThat(said).contains("Nothing was charged");
    assertThat(Files.readString(home.resolve("README.txt")))
        .contains(command.replaceFirst("^\\./", "bin/"));
  }

  @Test
  void keepsItsJournalWithTheDatabaseItBrings() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
    String seedance = quoted(unpacked().resolve("bin/seedance"));

    run(seedance + " budget --set 5 --per day");

    assertThat(run(seedance + " budget")).contains("budget of 5.00 USD per day: 5.00 USD left");
    assertThat(run(seedance + " --version")).matches("seedance4j \\d+\\.\\d+\\.\\d+.*\\R");
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
          .noneMatch(name -> name.matches("lib/.*(junit|assertj|mockito|archunit|validator).*"));
      assertThat(text(file, "completion/seedance.bash")).endsWith("-F _seedance seedance\n");
      assertThat(text(file, "completion/_seedance")).startsWith("#compdef seedance");
      assertThat(text(file, "completion/seedance.fish")).contains("complete -c seedance");
      assertThat(text(file, "man/seedance.1"))
          .matches("(?s)\\.TH SEEDANCE 1 \"\" \"seedance4j [0-9].*");
      assertThat(text(file, "bin/seedance.bat").lines()).hasSizeGreaterThan(10);
      assertThat(text(file, "bin/seedance.bat")).contains("\r\n").doesNotContainPattern("[^\r]\n");
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
          Pattern.compile("(?m)^(\\S+) +(Apache-2\\.0|MIT)\\b")
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

  /** The directory that the zip holds; its files are executable where the zip says so. */
  private Path unpacked() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("else where"));
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

  /** What it says on both streams, in an environment in which there is Java and little else. */
  private String run(String command) throws IOException, InterruptedException {
    Path tools = directory.resolve("tools");
    if (!Files.exists(tools)) {
      Files.createDirectory(tools);
      Files.createSymbolicLink(
          tools.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
      for (String tool : TOOLS) {
        Path program =
            Stream.of(Path.of("/bin", tool), Path.of("/usr/bin", tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Files.createSymbolicLink(tools.resolve(tool), program);
      }
    }
    ProcessBuilder process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    process.environment().clear();
    process.environment().put("PATH", tools.toString());
    // no archive is made in the background, which would outlive the test
    process.environment().put("HOME", Files.createDirectories(directory.resolve("home")) + "");
    process.environment().put("XDG_CACHE_HOME", "/dev/null");
    Process started = process.start();
    started.getOutputStream().close();
    String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(started.exitValue()).as(said).isZero();
    return said;
  }
}
