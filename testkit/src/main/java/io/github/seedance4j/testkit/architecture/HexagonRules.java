package io.github.seedance4j.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What holds the layering, as rules over any package tree of our shape: the real one, and a bad
 * sample that shows each rule to bite.
 */
final class HexagonRules {

  /** Adapters whose modules are not there yet; every other rule must find classes to judge. */
  private static final Set<String> TO_COME = Set.of("store", "rest");

  private static final Set<String> AMBIENT_OWNERS =
      Set.of(
          "java.util.Random",
          "java.util.concurrent.ThreadLocalRandom",
          "java.security.SecureRandom",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ThreadPoolExecutor");
  private static final Set<String> AMBIENT_CALLS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.ZoneId.systemDefault",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.lang.Thread.sleep",
          "java.util.UUID.randomUUID",
          "java.util.Locale.getDefault");

  private final String root;
  private final String[] core;

  HexagonRules(String root) {
    this.root = root;
    this.core =
        Stream.of("request", "pricing", "task", "job", "port", "service", "error", "data")
            .map(feature -> root + "." + feature + "..")
            .toArray(String[]::new);
  }

  /** All rules, by the sentence that a failure begins with. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "core sees nothing but Java, Jakarta Validation and JSpecify",
        classes()
            .that()
            .resideInAnyPackage(core)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("java..", "jakarta.validation..", "org.jspecify..")
                    .or(resideInAnyPackage(core))
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(
                                "java.sql..", "java.net.http..", "java.awt..", "java.rmi..")))));
    rules.put(
        "no cycles between core's packages",
        slices().matching(root + ".(*)..").should().beFreeOfCycles());
    rules.put(
        "no ambient time, environment, randomness or threads in core",
        noClasses()
            .that()
            .resideInAnyPackage(core)
            .and()
            .haveNameNotMatching(Pattern.quote(root + ".service.Ambient") + "(\\$.*)?")
            .should()
            .accessTargetWhere(ambient()));
    rules.put(
        "ports don't know the service",
        noClasses()
            .that()
            .resideInAPackage(root + ".port..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".service.."));
    for (String adapter : Set.of("http", "store", "cli", "rest")) {
      rules.put(
          "adapter " + adapter + " sees no other adapter",
          noClasses()
              .that(inAdapter(adapter))
              .should()
              .dependOnClassesThat(
                  resideInAPackage(root + ".adapter..")
                      .and(DescribedPredicate.not(resideInAPackage(adapter(adapter)))))
              .allowEmptyShould(TO_COME.contains(adapter)));
    }
    for (String driving : Set.of("cli", "rest")) {
      rules.put(
          "driving adapter " + driving + " leaves the driven ports and the service alone",
          noClasses()
              .that(inAdapter(driving))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(root + ".port.out..", root + ".service..")
              .allowEmptyShould(TO_COME.contains(driving)));
    }
    for (String driven : Set.of("http", "store")) {
      rules.put(
          "driven adapter " + driven + " leaves the driving port and the service alone",
          noClasses()
              .that(inAdapter(driven))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(root + ".port.in..", root + ".service..")
              .allowEmptyShould(TO_COME.contains(driven)));
    }
    rules.put(
        "the fake provider has its own rules",
        noClasses()
            .that()
            .resideInAPackage(root + ".testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(root + ".request..", root + ".pricing..", root + ".adapter.."));
    rules.put("no Jackson in core and testkit", absent("tools.jackson..", core, "testkit"));
    rules.put(
        "HttpClient stays in adapter-http",
        only("org.apache.hc.client5..", root + ".adapter.http.."));
    rules.put(
        "HttpCore stays in adapter-http and testkit",
        only("org.apache.hc.core5..", root + ".adapter.http..", root + ".testkit.."));
    rules.put("JDBC stays in adapter-store", only("java.sql..", root + ".adapter.store.."));
    rules.put("Javalin stays in adapter-rest", only("io.javalin..", root + ".adapter.rest.."));
    rules.put("picocli stays in adapter-cli", only("picocli..", root + ".adapter.cli.."));
    rules.put(
        "HttpClient instances come from one factory",
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .haveNameNotMatching(Pattern.quote(root + ".adapter.http.HardenedClients") + "(\\$.*)?")
            .should()
            .accessTargetWhere(makesHttpClient()));
    rules.put(
        "exceptions belong to the sealed family",
        classes()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .areAssignableTo(Throwable.class)
            .and()
            .arePublic()
            .should()
            .beAssignableTo(root + ".error.SeedanceException"));
    return rules;
  }

  private DescribedPredicate<JavaClass> inAdapter(String name) {
    return resideInAPackage(adapter(name))
        .and(DescribedPredicate.not(resideInAPackage("..bootstrap..")));
  }

  private String adapter(String name) {
    return root + ".adapter." + name + "..";
  }

  private ArchRule absent(String library, String[] core, String module) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            Stream.concat(Stream.of(core), Stream.of(root + "." + module + ".."))
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private ArchRule only(String library, String... homes) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static DescribedPredicate<JavaAccess<?>> ambient() {
    return DescribedPredicate.describe(
        "is ambient",
        access -> {
          AccessTarget target = access.getTarget();
          String owner = target.getOwner().getFullName();
          return AMBIENT_OWNERS.contains(owner)
              || AMBIENT_CALLS.contains(owner + "." + target.getName());
        });
  }

  private static DescribedPredicate<JavaAccess<?>> makesHttpClient() {
    return DescribedPredicate.describe(
        "makes an HttpClient",
        access -> {
          String owner = access.getTarget().getOwner().getFullName();
          return owner.startsWith("org.apache.hc.client5.http.impl.")
              && (owner.endsWith(".HttpClients")
                  || owner.endsWith(".HttpClientBuilder")
                  || owner.endsWith(".HttpAsyncClients"));
        });
  }
}
