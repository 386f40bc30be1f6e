package io.github.seedance4j.testkit.classpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The testkit is one test dependency: what comes along with it is said here to the letter. */
class DependencyTreeTest {

  /** core and what it needs, and the HTTP server's parts. */
  static final Set<String> ALLOWED =
      Set.of(
          "io.github.seedance4j:seedance4j-core",
          "jakarta.validation:jakarta.validation-api",
          "org.jspecify:jspecify",
          "org.apache.httpcomponents.core5:httpcore5");

  @Test
  void bringsOnlyCoreAndTheServersParts() throws IOException {
    assertThat(DependencyTree.ofThisBuild().userGets())
        .containsExactlyInAnyOrderElementsOf(ALLOWED);
  }

  @Test
  void leavesTestLibrariesToTheUser() throws IOException {
    assertThat(DependencyTree.ofThisBuild().optional())
        .containsExactlyInAnyOrder(
            "org.junit.jupiter:junit-jupiter-api",
            "org.junit.jupiter:junit-jupiter-params",
            "org.assertj:assertj-core",
            "com.tngtech.archunit:archunit");
  }

  @Test
  void seesWhatCameInBesides() {
    String plain =
        """
        own:testkit:jar:1
        +- own:core:jar:1:compile
        +- org.assertj:assertj-core:jar:3:compile (optional)
        |  \\- net.bytebuddy:byte-buddy:jar:1:compile (optional)
        +- tools.jackson.core:jackson-databind:jar:3:runtime
        \\- org.junit:engine:jar:5:test
        """;
    String ways =
        """
        own:testkit:jar:1
        +- own:core:jar:1:compile
        |  \\- (net.bytebuddy:byte-buddy:jar:1:compile - omitted for duplicate)
        +- org.assertj:assertj-core:jar:3:compile
        |  \\- net.bytebuddy:byte-buddy:jar:1:compile
        |     \\- own:deep:jar:1:compile (version managed from 1)
        +- tools.jackson.core:jackson-databind:jar:3:runtime
        |  \\- tools.jackson.core:jackson-core:jar:3:runtime
        \\- org.junit:engine:jar:5:test
        """;

    assertThat(DependencyTree.of(ways, plain).optional()).containsOnly("org.assertj:assertj-core");
    assertThat(DependencyTree.of(ways, plain).userGets())
        .containsExactly(
            "net.bytebuddy:byte-buddy",
            "own:core",
            "own:deep",
            "tools.jackson.core:jackson-core",
            "tools.jackson.core:jackson-databind");
  }
}
