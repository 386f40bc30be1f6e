package io.github.seedance4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise without a test is a wish: docs/guarantees.md names one that exists for each. */
class GuaranteesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final String ANNOTATIONS =
      "(?:@(?:Test|ParameterizedTest|TestFactory|RepeatedTest)\\b)";

  @Test
  void namesATestThatExistsForEachPromise() throws IOException {
    List<String> promises =
        Files.readAllLines(ROOT.resolve("docs/guarantees.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .toList();
    assertThat(promises).hasSizeGreaterThan(20);
    Map<String, String> sources = sources();
    List<String> unheld = new ArrayList<>();
    for (String promise : promises) {
      List<MatchResult> tests = TEST.matcher(promise).results().toList();
      if (tests.isEmpty()) {
        unheld.add(promise);
      }
      for (MatchResult test : tests) {
        if (!isTest(sources.getOrDefault(test.group(1), ""), test.group(2))) {
          unheld.add(test.group());
        }
      }
    }

    assertThat(unheld).isEmpty();
  }

  @Test
  void seesThatATestDoesNotExist() {
    assertThat(isTest("@Test\n  void pays() {", "pays")).isTrue();
    assertThat(isTest("@Test\n  @Tag(\"long\")\n  default void pays() throws E {", "pays"))
        .isTrue();
    assertThat(isTest("@ParameterizedTest(name = \"{0}\")\n  void pays() {", "pays")).isTrue();
    assertThat(isTest("@Test\n  void paysTwice() {", "pays")).isFalse();
    assertThat(isTest("private void pays() {", "pays")).isFalse();
    assertThat(isTest("@Test\n  void other() { a(); }\n\n  void pays() {", "pays")).isFalse();
    assertThat(isTest("", "pays")).isFalse();
  }

  private static boolean isTest(String source, String name) {
    String between = "(?:[^;{}\"]|\"[^\"]*\"|(?<=[=(])\\s*\\{[^{}]*\\})*?";
    return Pattern.compile(ANNOTATIONS + between + "\\b" + name + "\\(").matcher(source).find();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(it -> Files.exists(it.resolve("pom.xml"))).toList()) {
        for (String part : List.of("src/test/java", "src/main/java")) {
          if (Files.isDirectory(module.resolve(part))) {
            collect(module.resolve(part), sources);
          }
        }
      }
    }
    return sources;
  }

  private static void collect(Path part, Map<String, String> sources) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> {
                String name = Objects.toString(file.getFileName()).replace(".java", "");
                try {
                  sources.merge(name, Files.readString(file), String::concat);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
