package io.github.seedance4j.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.seedance4j.testkit.architecture.HexagonRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the layering of all modules, and shows that each rule can fail. */
class ArchitectureTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.seedance4j");
  private static final JavaClasses BAD = new ClassFileImporter().importPackages("badsample");

  /** The rules of an adapter's own packages; one that has none yet breaks none. */
  private static Map<String, ArchRule> within(String name, String root) {
    return Map.of(
        "no cycles between the packages of adapter " + name,
        slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true));
  }

  /** Those of one whose root package is made of the others. */
  private static Map<String, ArchRule> below(String name, String root) {
    return Map.of(
        "no part of adapter " + name + " refers to the whole",
        noClasses()
            .that()
            .resideInAPackage(root + ".*..")
            .and()
            .resideOutsideOfPackage(root + ".bootstrap..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root));
  }

  @TestFactory
  Stream<DynamicTest> holds() {
    return Stream.of(
            HexagonRules.ofLibrary("io.github.seedance4j"),
            within("cli", "io.github.seedance4j.adapter.cli"),
            within("rest", "io.github.seedance4j.adapter.rest"),
            below("cli", "io.github.seedance4j.adapter.cli"))
        .flatMap(rules -> rules.entrySet().stream())
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(OURS)));
  }

  @TestFactory
  Stream<DynamicTest> bitesOnABadSample() {
    return Stream.of(
            HexagonRules.ofLibrary("badsample"),
            within("cli", "badsample.adapter.cli"),
            within("rest", "badsample.adapter.rest"),
            below("cli", "badsample.adapter.cli"),
            HexagonRules.ofDrivenAdapter("badsample.elsewhere.driven"),
            HexagonRules.ofDrivingAdapter("badsample.elsewhere.driving"))
        .flatMap(rules -> rules.entrySet().stream())
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () ->
                        assertThat(rule.getValue().evaluate(BAD).hasViolation())
                            .as("violations of: %s", rule.getKey())
                            .isTrue()));
  }

  @Test
  void bitesOnNothingElse() {
    List<String> reports =
        Stream.of(
                HexagonRules.ofLibrary("badsample"),
                within("cli", "badsample.adapter.cli"),
                below("cli", "badsample.adapter.cli"),
                HexagonRules.ofDrivingAdapter("badsample.elsewhere.driving"))
            .flatMap(rules -> rules.values().stream())
            .flatMap(rule -> rule.evaluate(BAD).getFailureReport().getDetails().stream())
            .toList();

    assertThat(reports)
        .anyMatch(report -> report.contains("badsample.testkit.BorrowsTheRules"))
        .noneMatch(report -> report.contains("badsample.testkit.TakesARequest"))
        .noneMatch(report -> report.contains("badsample.elsewhere.driving.bootstrap"))
        .noneMatch(report -> report.contains("badsample.adapter.cli.bootstrap"));
  }

  @Test
  void holdsAnAdapterOfSomebodyElse() {
    HexagonRules.ofDrivenAdapter("io.github.seedance4j.adapter.http")
        .values()
        .forEach(rule -> rule.check(OURS));
    HexagonRules.ofDrivenAdapter("io.github.seedance4j.adapter.store")
        .values()
        .forEach(rule -> rule.check(OURS));
    HexagonRules.ofDrivingAdapter("io.github.seedance4j.adapter.cli")
        .values()
        .forEach(rule -> rule.check(OURS));
    HexagonRules.ofDrivingAdapter("io.github.seedance4j.adapter.rest")
        .values()
        .forEach(rule -> rule.check(OURS));
  }

  @Test
  void seesEveryModule() {
    Map<String, Integer> byModule = new TreeMap<>();
    OURS.forEach(
        type -> {
          String rest = type.getPackageName().replace("io.github.seedance4j.", "");
          String module = rest.startsWith("adapter.") ? rest.split("\\.")[1] : rest.split("\\.")[0];
          byModule.merge(module, 1, Integer::sum);
        });
    assertThat(byModule)
        .containsKeys("request", "service", "http", "store", "cli", "rest", "testkit");
  }
}
