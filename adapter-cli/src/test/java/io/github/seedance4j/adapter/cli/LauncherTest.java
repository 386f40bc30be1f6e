package io.github.seedance4j.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher at the root of the repository, with a java and a mvn that only say what they get.
 */
class LauncherTest {

  private static final Path LAUNCHER = Path.of("../seedance");

  @TempDir Path root;

  private Path tools;
  private Path jdk;

  private record Result(int exit, String out, String err) {}

  @BeforeEach
  void laysOutARepository() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
    Files.copy(LAUNCHER, root.resolve("seedance"));
    executable(root.resolve("seedance"));
    Files.writeString(root.resolve("pom.xml"), "");
    source();
    Files.createDirectories(root.resolve("adapter-cli"));
    tools = Files.createDirectory(root.resolve("tools"));
    for (String tool : List.of("mkdir", "mv", "rm", "tail", "readlink", "sleep", "cat", "sh")) {
      script(tools.resolve(tool), "exec " + find(tool) + " \"$@\"");
    }
    script(
        tools.resolve("mvn"),
        "echo \"$*\" >> '" + root + "/mvn.calls'",
        "mkdir -p adapter-cli/target",
        ": > adapter-cli/target/seedance.jar");
    jdk = Files.createDirectories(root.resolve("jdk"));
    Files.createDirectory(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Some One\"\nJAVA_RUNTIME_VERSION=\"17.0.1+2\"\nJAVA_VERSION=\"17.0.1\"\n");
    script(jdk.resolve("bin/javac"), "exit 9");
    script(
        jdk.resolve("bin/java"),
        "case \"$*\" in",
        "  *DumpLoadedClassList*) : > classes; echo \"$*\" >> '" + root + "/trained' ;;",
        "  *-Xshare:dump*) echo x > jsa; echo dump >> '" + root + "/dumps' ;;",
        "  *) echo \"ran: $*\"; echo \"locale ${LC_ALL:-none}\" ;;",
        "esac");
  }

  /** Archives are made in the background, in directories that are deleted then. */
  @AfterEach
  void awaitsWhatStillRunsHere() throws Exception {
    for (List<ProcessHandle> here = here(); !here.isEmpty(); here = here()) {
      for (ProcessHandle process : here) {
        process.onExit().get(1, TimeUnit.MINUTES);
      }
    }
  }

  /** Where /proc tells. */
  private List<ProcessHandle> here() {
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              try {
                return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .startsWith(root);
              } catch (IOException e) {
                return false; // another's, over, or no such place
              }
            })
        .toList();
  }

  @Test
  void buildsOnFirstUseAndNotAgain() throws Exception {
    Result first = run("quote", "a cat");
    Result second = run("quote", "a cat");

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("ran: ").contains("Main quote a cat\n");
    assertThat(first.err()).contains("building it");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).isEmpty();
    assertThat(root.resolve("mvn.calls"))
        .hasContent("-B -ntp -q -Dquick -DskipTests -Ddownload.skip package -pl adapter-cli -am");
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run("models");
    Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plusSeconds(60)));
    run("models");

    assertThat(Files.readAllLines(root.resolve("mvn.calls"))).hasSize(2);
  }

  @Test
  void givesTheArchiveOfThisVeryJdk() throws Exception {
    Result run = run("models");

    Path archive = root.resolve("adapter-cli/target/cds/seedance-Some-One-17.0.1+2.jsa");
    assertThat(archive).exists();
    assertThat(run.out())
        .contains("-XX:SharedArchiveFile=" + archive, "-Xlog:disable -Xlog:all=warning:stderr");
  }

  @Test
  void keepsWhatItTrainsWithOutOfTheUsersJournals() throws Exception {
    run("models");

    assertThat(Files.readString(root.resolve("trained")))
        .contains(" generate hello ", " --sandbox --journal jobs.db ");
  }

  @Test
  void goesOnWithoutAnArchiveThatCannotBeMade() throws Exception {
    script(
        jdk.resolve("bin/java"),
        "case \"$*\" in *-Xshare:dump*) echo dump >> '"
            + root
            + "/dumps' ;; *Main\\ models*) echo ran ;; esac");

    assertThat(run("models").out()).isEqualTo("ran\n");
    assertThat(run("models").out()).isEqualTo("ran\n");
    assertThat(Files.readAllLines(root.resolve("dumps"))).hasSize(2); // and that of the gateway
  }

  @Test
  void startsTheGatewayAsAServerWithItsLibrariesAndItsArchive() throws Exception {
    Result other = run("models");
    Result gateway = run("serve", "--port", "0");

    Path target = root.resolve("adapter-cli/target");
    assertThat(gateway.out())
        .contains("-cp " + target.resolve("seedance.jar") + ":" + target + "/lib/serve/* ")
        .contains("-XX:SharedArchiveFile=" + target + "/cds/serve-Some-One-17.0.1+2.jsa ")
        .contains("Main serve --port 0\n")
        .doesNotContain("TieredStopAtLevel", "SerialGC");
    assertThat(other.out()).contains("TieredStopAtLevel=1", "SerialGC").doesNotContain("lib/serve");
    assertThat(Files.readString(root.resolve("trained")))
        .contains("-Dseedance.rehearsal=true")
        .contains("Main serve --sandbox --port 0\n");
  }

  @Test
  void runsFromAnywhereAndThroughLinks() throws Exception {
    Path elsewhere = Files.createDirectory(root.resolve("else where"));
    Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../seedance"));
    Files.createSymbolicLink(elsewhere.resolve("link-to-link"), Path.of("link"));

    Result run = start(elsewhere, Map.of(), "./link-to-link", "models").result();

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("/adapter-cli/target/seedance.jar");
  }

  @Test
  void findsTheJavaOfThePath() throws Exception {
    Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));

    for (int i = 0; i < 2; i++) {
      Result run = start(root, Map.of("JAVA_HOME", ""), "./seedance", "models").result();
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).contains("cds/seedance-Some-One-17.0.1+2.jsa");
    }
  }

  @Test
  void makesAnArchiveForAnImageThatTellsOnlyItsVersion() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\nMODULES=\"java.base\"\n");

    assertThat(run("models").out()).containsPattern("/cds/seedance-17\\.0\\.1-[\\w.-]+-jdk\\.jsa");
  }

  @Test
  void callsItselfAsItWasTyped() throws Exception {
    Path seedance = tools.resolve("seedance");
    Files.createSymbolicLink(seedance, root.resolve("seedance"));

    // what a shell makes of a name that it finds on the PATH
    assertThat(start(root, Map.of(), seedance.toString(), "models").result().out())
        .contains("-Dseedance.program=seedance ");
    assertThat(run("models").out()).contains("-Dseedance.program=./seedance ");
    Files.delete(seedance);
    assertThat(start(root, Map.of(), root.resolve("seedance").toString(), "models").result().out())
        .contains("-Dseedance.program=" + root.resolve("seedance") + " ");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(start(root, Map.of("JAVA_HOME", ""), "./seedance", "x").result())
        .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
        .satisfies(run -> assertThat(run.err()).contains("no java found", "JDK 17"));
    assertThat(start(root, Map.of("JAVA_HOME", "/nowhere"), "./seedance", "x").result().err())
        .contains("JAVA_HOME is /nowhere");
    Files.delete(tools.resolve("mvn"));
    assertThat(run("models").err()).contains("there is no mvn");
  }

  @Test
  void saysThatJavaIsTooOld() throws Exception {
    for (String old : List.of("1.8.0_392", "11.0.21", "16")) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + old + "\"\n");
      assertThat(run("models").err()).contains("java is version " + old);
    }
  }

  @Test
  void letsOnlyANewerJavaLoadTheJournalsLibraryWithoutAWarning() throws Exception {
    // built each time, with its archive: else that is made in the background, past this test's end
    Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plusSeconds(60)));
    for (String version : List.of("17.0.15", "21.0.2", "24", "25.0.1")) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      assertThat(run("models").out().contains("--enable-native-access=ALL-UNNAMED"))
          .as(version)
          .isEqualTo(version.compareTo("24") >= 0);
    }
  }

  @Test
  void showsWhyABuildFailedOnStandardErrorOnly() throws Exception {
    script(tools.resolve("mvn"), "echo BOOM", "exit 1");

    Result run = run("models");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("BOOM", "the build failed", "build.log");
    assertThat(root.resolve("adapter-cli/target/.lock")).doesNotExist();
  }

  @Test
  void keepsTheLanguageButReadsUtf8() throws Exception {
    run("models");
    assertThat(start(root, Map.of("LC_ALL", "fr_FR.UTF-8"), "./seedance", "models").result().out())
        .contains("-Dseedance.language=fr_FR.UTF-8 ", "locale C.UTF-8\n");
    assertThat(start(root, Map.of("LANG", "zh_CN"), "./seedance", "models").result().out())
        .contains("-Dseedance.language=zh_CN ", "locale C.UTF-8\n");
    assertThat(start(root, Map.of("LC_ALL", "zh_CN.GBK"), "./seedance", "models").result().out())
        .contains("-Dseedance.language=zh_CN.GBK ", "locale zh_CN.GBK\n");
  }

  @Test
  void takesOverTheLockOfADeadBuild() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(root.resolve("adapter-cli/target/.lock"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

    assertThat(run("models").exit()).isZero();
  }

  @Test
  void buildsOnceForTwoFirstUses() throws Exception {
    Path go = root.resolve("go");
    assertThat(new ProcessBuilder("mkfifo", go.toString()).start().waitFor()).isZero();
    script(
        tools.resolve("mvn"),
        "echo \"$*\" >> '" + root + "/mvn.calls'",
        "echo begun > '" + go + "'",
        "read answer < '" + go + "'",
        "mkdir -p adapter-cli/target",
        ": > adapter-cli/target/seedance.jar");

    Running first = start(root, Map.of(), "./seedance", "models");
    assertThat(Files.readString(go)).isEqualTo("begun\n");
    Running second = start(root, Map.of(), "./seedance", "models");
    assertThat(second.err.readLine()).contains("another build is under way");
    Files.writeString(go, "go\n");

    assertThat(first.result().exit()).isZero();
    assertThat(second.result().exit()).isZero();
    assertThat(Files.readAllLines(root.resolve("mvn.calls"))).hasSize(1);
  }

  @Test
  void runsWhatWasDownloadedWithAnArchiveInTheUsersCache() throws Exception {
    Path seedance = download();
    Path caches = root.resolve("home/.cache/seedance4j");
    Path archive = cacheIn(caches).resolve("cds/seedance-Some-One-17.0.1+2.jsa");
    Path gone = Files.createDirectories(caches.resolve("gone"));
    Files.writeString(gone.resolve("of"), root.resolve("gone") + "\n");
    Path made = pipeThatTellsOfArchives();
    Map<String, String> home = Map.of("HOME", root.resolve("home").toString());

    Result first = start(root, home, seedance.toString(), "models").result();
    assertThat(Files.readString(made)).isEqualTo(archive + "\n");
    Result second = start(root, home, seedance.toString(), "models").result();

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("-cp " + root.resolve("opt/seedance-1/seedance.jar") + " ");
    assertThat(second.out()).contains("-XX:SharedArchiveFile=" + archive + " ");
    assertThat(root.resolve("dumps")).hasContent("dump");
    assertThat(root.resolve("mvn.calls")).doesNotExist();
    assertThat(gone).doesNotExist();
  }

  @Test
  void makesTheArchiveWhereTheUserKeepsCaches() throws Exception {
    Path seedance = download();
    Path made = pipeThatTellsOfArchives();
    Path caches = root.resolve("ca ches");

    start(root, Map.of("XDG_CACHE_HOME", caches.toString()), seedance.toString(), "x").result();

    assertThat(Files.readString(made))
        .startsWith(cacheIn(caches.resolve("seedance4j")).resolve("cds").toString());
  }

  @Test
  void runsWhatWasDownloadedWithoutAnArchiveWhereNoneCanBe() throws Exception {
    Path seedance = download();
    Path file = Files.writeString(root.resolve("file"), "");

    for (Map<String, String> home : List.of(Map.of("HOME", file.toString()), Map.of("HOME", ""))) {
      Result run = start(root, home, seedance.toString(), "models").result();

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("ran: ").doesNotContain("SharedArchiveFile");
      assertThat(run.err()).isEmpty();
    }
  }

  /** What the zip unpacks to, as far as the launcher looks; the launcher, reached by a link. */
  private Path download() throws IOException {
    Path bin = Files.createDirectories(root.resolve("opt/seedance-1/bin"));
    Files.writeString(bin.resolveSibling("seedance.jar"), "");
    Files.copy(LAUNCHER, bin.resolve("seedance"));
    executable(bin.resolve("seedance"));
    return Files.createSymbolicLink(root.resolve("link"), bin.resolve("seedance"));
  }

  private Path cacheIn(Path caches) {
    String place = root.resolve("opt/seedance-1").toString().substring(1);
    return caches.resolve(place.replaceAll("[^A-Za-z0-9.+_-]", "-"));
  }

  /** It is made in the background, by what outlives the command. */
  private Path pipeThatTellsOfArchives() throws Exception {
    Path pipe = root.resolve("made");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    script(
        tools.resolve("mv"),
        find("mv") + " \"$@\" || exit",
        "case $2 in *.jsa) echo \"$2\" > '" + pipe + "' ;; esac");
    return pipe;
  }

  private Path source() throws IOException {
    Path directory =
        Files.createDirectories(root.resolve("core/src/main/java/io/github/seedance4j/request"));
    Path source = directory.resolve("A.java");
    return Files.exists(source) ? source : Files.writeString(source, "");
  }

  private Result run(String... args) throws Exception {
    List<String> words = new ArrayList<>(List.of("./seedance"));
    words.addAll(List.of(args));
    return start(root, Map.of(), words.toArray(String[]::new)).result();
  }

  private Running start(Path directory, Map<String, String> environment, String... words)
      throws IOException {
    ProcessBuilder process = new ProcessBuilder(words).directory(directory.toFile());
    process.environment().clear();
    process.environment().put("PATH", tools.toString());
    process.environment().put("JAVA_HOME", jdk.toString());
    process.environment().put("XDG_CONFIG_HOME", root.resolve("config").toString());
    process.environment().putAll(environment);
    return new Running(process.start());
  }

  private static final class Running {
    private final Process process;
    private final BufferedReader err;

    private Running(Process process) {
      this.process = process;
      this.err = process.errorReader(StandardCharsets.UTF_8);
    }

    Result result() throws IOException, InterruptedException {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      StringBuilder said = new StringBuilder();
      err.lines().forEach(line -> said.append(line).append('\n'));
      return new Result(process.waitFor(), out, said.toString());
    }
  }

  private static Path find(String tool) {
    return List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool)).stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
