package io.github.seedance4j.testkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.media.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    ExternalTool.required("curl", "curl");

    List<String> lines = run("sh", ExternalTool.required("dash", "sh")).lines().toList();

    assertThat(lines).hasSize(2).startsWith("no answer came");
    assertThat(lines.get(1)).contains("\"kind\":\"charge\"", "\"cost\":\"1.00\"");
  }

  @Test
  void runsThePythonExample() throws Exception {
    ExternalTool python =
        ExternalTool.required("python3-requests", "python3", List.of("-c", "import requests"));

    assertThat(run("python", python).lines()).containsExactly("200", "403", "200");
  }

  @Test
  void runsTheJavaScriptExample() throws Exception {
    ExternalTool node = ExternalTool.required("nodejs", "node", List.of("-e", "fetch"));

    assertThat(run("js", node).lines()).containsExactly("503", "refuses 1.00 a storm");
  }

  @Test
  void printsTheSameWhereOneExampleFollowsTheOther() throws Exception {
    ExternalTool node = ExternalTool.required("nodejs", "node", List.of("-e", "fetch"));
    ExternalTool shell = ExternalTool.required("dash", "sh");
    ExternalTool.required("curl", "curl");

    try (HubProcess hub = HubProcess.start()) {
      run(hub, "sh", shell);

      assertThat(run(hub, "js", node).lines()).endsWith("refuses 1.00 a storm");
      assertThat(run(hub, "sh", shell).lines()).hasSize(2);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.json");
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
  private String run(String language, ExternalTool program) throws Exception {
    try (HubProcess hub = HubProcess.start()) {
      return run(hub, language, program);
    }
  }

  private String run(HubProcess hub, String language, ExternalTool program) throws Exception {
    String text = example(language);
    assertThat(text).contains("http://127.0.0.1:8787");
    Path file = folder.resolve(language.equals("js") ? "example.mjs" : "example");
    Files.writeString(file, text.replace("127.0.0.1:8787", hub.baseUrl().getAuthority()));
    return program.output(folder, file);
  }
}
