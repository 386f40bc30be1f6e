package io.github.seedance4j.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What keeps the fake provider apart: from the rules that it judges, and from the test libraries
 * that whoever runs it alone does not have.
 */
final class TestkitRules {

  /** Made for tests; what is in no such package is the fake itself. */
  private static final List<String> WITH_TEST_LIBRARIES =
      List.of("assertion", "contract", "architecture", "junit", "live");

  private final String testkit;
  private final String root;

  TestkitRules(String root) {
    this.root = root;
    this.testkit = root + ".testkit";
  }

  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "the fake provider has its own rules and prices",
        noClasses().that(areTheFake()).should().dependOnClassesThat(areTheProductsJudgement()));
    rules.put(
        "the fake provider knows nothing that is made for tests",
        noClasses()
            .that(areTheFake())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(madeForTests()));
    rules.put(
        "the testkit uses no adapter",
        noClasses()
            .that()
            .resideInAPackage(testkit + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".adapter.."));
    rules.put(
        "test libraries stay in the testkit's packages for them",
        noClasses()
            .that()
            .resideInAPackage(testkit + "..")
            .and()
            .resideOutsideOfPackages(packages(WITH_TEST_LIBRARIES.stream()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.junit..",
                "org.opentest4j..",
                "org.apiguardian..",
                "org.assertj..",
                "com.tngtech.archunit.."));
    rules.put(
        "ArchUnit stays in the testkit's architecture package",
        noClasses()
            .that()
            .resideInAPackage(testkit + "..")
            .and()
            .resideOutsideOfPackages(packages(Stream.of("architecture")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.tngtech.archunit.."));
    return rules;
  }

  private DescribedPredicate<JavaClass> areTheFake() {
    return resideInAPackage(testkit + "..")
        .and(DescribedPredicate.not(resideInAnyPackage(madeForTests())));
  }

  /** A request is a value that comes in through a port; what is thought of it is not. */
  private DescribedPredicate<JavaClass> areTheProductsJudgement() {
    Set<String> values =
        Set.of(root + ".request.GenerationRequest", root + ".request.GenerationDraft");
    return resideInAnyPackage(root + ".request..", root + ".pricing..")
        .and(
            DescribedPredicate.describe(
                "are no request", type -> !values.contains(type.getName())));
  }

  private String[] madeForTests() {
    return packages(
        Stream.concat(WITH_TEST_LIBRARIES.stream(), Stream.of("generate", "simulation", "crash")));
  }

  private String[] packages(Stream<String> names) {
    return names.map(name -> testkit + "." + name + "..").toArray(String[]::new);
  }
}
