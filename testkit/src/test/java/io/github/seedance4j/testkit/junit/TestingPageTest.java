package io.github.seedance4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.NextCreate;
import io.github.seedance4j.testkit.assertion.LedgerAssert;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/testing.md shows what is run, and leaves nothing out. */
class TestingPageTest {

  private static final Path PAGE = Path.of("../docs/testing.md");
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/test/java/io/github/seedance4j/testkit/junit/FirstTest.java"),
          Path.of("../sample/src/test/java/com/example/studio/StudioTest.java"));

  @Test
  void showsJavaThatIsRun() throws Exception {
    StringBuilder sources = new StringBuilder();
    for (Path source : SOURCES) {
      sources.append(flat(Files.readString(source)));
    }
    List<String> blocks =
        Pattern.compile("(?ms)^```java\\n(.*?)^```$")
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> flat(block.group(1)))
            .toList();

    assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(sources).contains(block));
  }

  @Test
  void namesEveryScenario() throws Exception {
    assertThat(named("## What goes wrong")).isEqualTo(methods(NextCreate.class));
  }

  @Test
  void namesEverySentence() throws Exception {
    assertThat(named("## What it cost")).isEqualTo(methods(LedgerAssert.class));
  }

  @Test
  void pointsToFilesThatAreThere() throws Exception {
    assertThat(
            Pattern.compile("]\\(([^)#]+)[^)]*\\)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(link -> PAGE.resolveSibling(link.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
  }

  /** The methods in the first column of the table below that heading. */
  private static Set<String> named(String heading) throws IOException {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf(heading) + heading.length()).split("\n## ", -1)[0];
    return table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> Pattern.compile("`(\\w+)\\(").matcher(cell).results())
        .map(method -> method.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
