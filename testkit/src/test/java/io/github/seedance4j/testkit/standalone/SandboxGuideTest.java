package io.github.seedance4j.testkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/sandbox.md, run as they stand there; only the port is changed. */
class SandboxGuideTest {

  private static final Path GUIDE = Path.of("../docs/sandbox.md");
  private static final Path HUB_PROCESS_TEST =
      Path.of("src/test/java/io/github/seedance4j/testkit/standalone/HubProcessTest.java");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  @TempDir private Path folder;

  @Test
  void runsTheCurlExample() throws Exception {
    assumeTrue(works("curl", "--version"), "needs curl: install curl");

    List<String> lines = run("sh", "sh").lines().toList();

    assertThat(lines).hasSize(2).startsWith("no answer came");
    assertThat(lines.get(1)).contains("\"kind\":\"charge\"", "\"cost\":\"1.00\"");
  }

  @Test
  void runsThePythonExample() throws Exception {
    assumeTrue(
        works("python3", "-c", "import requests"),
        "needs python3 with requests: install python3-requests");

    assertThat(run("python", "python3").lines()).containsExactly("200", "403", "200");
  }

  @Test
  void runsTheJavaScriptExample() throws Exception {
    assumeTrue(works("node", "-e", "fetch"), "needs node 18 or later: install nodejs");

    assertThat(run("js", "node").lines()).containsExactly("503", "1.00 refuses");
  }

  @Test
  void showsJavaThatIsTested() throws Exception {
    assertThat(flat(Files.readString(HUB_PROCESS_TEST))).contains(flat(example("java")));
  }

  @Test
  void namesEveryOption() throws Exception {
    String guide = Files.readString(GUIDE);
    String table = guide.substring(guide.indexOf("| option |"), guide.indexOf("## Point a client"));

    Set<String> known = options(SandboxOptions.HELP);
    known.remove("--help");
    assertThat(options(table)).isEqualTo(known);
  }

  @Test
  void pointsToFilesThatAreThere() throws Exception {
    Matcher links = Pattern.compile("]\\(([^)#]+)\\)").matcher(Files.readString(GUIDE));

    assertThat(links.results().map(link -> GUIDE.resolveSibling(link.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
  }

  private static Set<String> options(String text) {
    return OPTION
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The one block of that language. */
  private static String example(String language) throws IOException {
    List<String> found =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(Files.readString(GUIDE))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(found).as(language).hasSize(1);
    return found.get(0);
  }

  /** What the example writes to standard output, against a sandbox of its own. */
  private String run(String language, String program) throws Exception {
    try (HubProcess hub = HubProcess.start()) {
      URI own = hub.baseUrl();
      String text = example(language);
      assertThat(text).contains("http://127.0.0.1:8787");
      Path file = folder.resolve(language.equals("js") ? "example.mjs" : "example");
      Files.writeString(file, text.replace("127.0.0.1:8787", own.getAuthority()));
      Path errors = folder.resolve("stderr.txt");
      ProcessBuilder builder =
          new ProcessBuilder(program, file.toString())
              .directory(folder.toFile())
              .redirectError(errors.toFile());
      // a proxy of the machine's has no business with loopback
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      return out;
    }
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
