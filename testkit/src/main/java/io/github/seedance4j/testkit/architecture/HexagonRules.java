package io.github.seedance4j.testkit.architecture;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What holds the layering, as rules by the sentence that a failure begins with. An adapter of
 * yours, in a package of its own, is held to it by
 *
 * <pre>{@code
 * @TestFactory Stream<DynamicTest> keepsToItsLayer() {
 *   JavaClasses ours = new ClassFileImporter().importPackages("com.acme.clips.s3");
 *   return HexagonRules.ofDrivenAdapter("com.acme.clips.s3").entrySet().stream()
 *       .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(ours)));
 * }
 * }</pre>
 *
 * <p>A package named {@code bootstrap}, which wires, is exempt.
 */
public final class HexagonRules {

  private static final String LIBRARY = "io.github.seedance4j";

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

  private HexagonRules(String root) {
    this.root = root;
    this.core =
        Stream.of(
                "request", "pricing", "task", "job", "media", "tenant", "port", "service", "error",
                "data")
            .map(feature -> root + "." + feature + "..")
            .toArray(String[]::new);
  }

  /** The rules of a whole tree of packages of this library's shape: core, adapters and testkit. */
  public static Map<String, ArchRule> ofLibrary(String root) {
    return new HexagonRules(root).all();
  }

  /** The rules of an adapter that the library calls: a journal, a store, a provider. */
  public static Map<String, ArchRule> ofDrivenAdapter(String adapterPackage) {
    return new HexagonRules(LIBRARY).driven(adapterPackage, adapterPackage + "..");
  }

  /** The rules of an adapter that calls the library: a command, a web page. */
  public static Map<String, ArchRule> ofDrivingAdapter(String adapterPackage) {
    return new HexagonRules(LIBRARY).driving(adapterPackage, adapterPackage + "..");
  }

  private Map<String, ArchRule> all() {
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
    for (String name : List.of("http", "store")) {
      rules.putAll(driven(name, adapter(name)));
    }
    for (String name : List.of("cli", "rest")) {
      rules.putAll(driving(name, adapter(name)));
    }
    rules.putAll(new TestkitRules(root).all());
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
            // programs: nobody catches their own
            .resideOutsideOfPackages(root + ".adapter.cli..", root + ".adapter.rest..")
            .and()
            .areAssignableTo(Throwable.class)
            .and()
            .areNotAssignableTo(AssertionError.class) // what a test fails with
            .and()
            .arePublic()
            .should()
            .beAssignableTo(root + ".error.SeedanceException"));
    return rules;
  }

  private Map<String, ArchRule> driven(String name, String home) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("adapter " + name + " sees no other adapter", seesNoOther(home));
    rules.put(
        "driven adapter " + name + " leaves the driving port and the service alone",
        leavesAlone(home, root + ".port.in..", root + ".service.."));
    return rules;
  }

  private Map<String, ArchRule> driving(String name, String home) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("adapter " + name + " sees no other adapter", seesNoOther(home));
    rules.put(
        "driving adapter " + name + " leaves the driven ports and the service alone",
        leavesAlone(home, root + ".port.out..", root + ".service.."));
    return rules;
  }

  private ArchRule seesNoOther(String home) {
    return noClasses()
        .that(wiresNothing(home))
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + ".adapter..")
                .and(DescribedPredicate.not(resideInAPackage(home))));
  }

  private static ArchRule leavesAlone(String home, String... others) {
    return noClasses()
        .that(wiresNothing(home))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static DescribedPredicate<JavaClass> wiresNothing(String home) {
    return resideInAPackage(home).and(DescribedPredicate.not(resideInAPackage("..bootstrap..")));
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
