package io.github.seedance4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the rules and the rules themselves say the same. */
class ContractsPageTest {

  private static final Path PAGE = Path.of("../docs/contracts.md");
  private static final Path OWN = Path.of("src/test/java/com/example/own");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([PFJKR]\\d\\d) \\| ([^|]+) \\|");

  @Test
  void listsEveryRuleByItsNumberAndTitle() throws Exception {
    Map<String, String> written =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1), row -> row.group(2).strip(), (a, b) -> a + b));
    Map<String, String> kept = new TreeMap<>();
    for (Class<?> contract :
        List.of(
            VideoProviderContract.class,
            VideoFetcherContract.class,
            JobJournalContract.class,
            AccessKeyStoreContract.class,
            ReplayStoreContract.class)) {
      Rules.of(contract).forEach((number, rule) -> kept.put(number, Rules.title(rule)));
    }
    assertThat(new TreeMap<>(written)).isEqualTo(kept);
  }

  @Test
  void showsJavaThatIsRun() throws Exception {
    String whole = Files.readString(OWN.resolve("OwnProviderContractTest.java"));
    String provider = Files.readString(OWN.resolve("OwnProvider.java"));
    List<String> blocks =
        Pattern.compile("(?ms)^```java\\n(.*?)\\n```$")
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .filter(block -> !block.contains("…")) // a sketch of a journal
            .toList();

    assertThat(blocks).hasSize(2);
    assertThat(blocks.get(0)).isEqualTo(whole.substring(whole.indexOf("import ")).strip());
    assertThat(provider).contains(blocks.get(1));
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

  @ParameterizedTest
  @ValueSource(
      classes = {
        VideoProviderContract.class,
        VideoFetcherContract.class,
        AccessKeyStoreContract.class,
        ReplayStoreContract.class
      })
  void numbersWithoutAGapAndNamesEachTestForItsRule(Class<?> contract) {
    Map<String, Method> rules = Rules.of(contract);
    String letter = rules.keySet().iterator().next().substring(0, 1);
    assertThat(rules.keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, rules.size())
                .mapToObj(n -> String.format("%s%02d", letter, n))
                .toList());
    rules
        .values()
        .forEach(rule -> assertThat(rule.getName()).isEqualTo(methodName(Rules.title(rule))));
  }

  /** The title without what is no letter or digit, each word but the first with a capital. */
  private static String methodName(String title) {
    String joined =
        Pattern.compile("[^A-Za-z0-9]+([A-Za-z0-9])")
            .matcher(title.replace("'", ""))
            .replaceAll((MatchResult word) -> word.group(1).toUpperCase(Locale.ROOT));
    return joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
  }
}
