package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The sandbox in one jar, as the testkit's build has made it; nothing else is on its class path.
 */
class SandboxJarTest {

  private static final Path JAR = Path.of("../testkit/target/seedance4j-sandbox.jar");

  @BeforeAll
  static void needsTheJar() {
    assumeTrue(Files.isReadable(JAR), "needs the runnable jar: mvn package");
  }

  @Test
  void servesPageAndStateFromNothingButItself() throws Exception {
    Process process =
        new ProcessBuilder(java(), "-jar", JAR.toString(), "--child", "--task-seconds", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      URI baseUrl = URI.create(out.readLine());

      assertThat(get(baseUrl.resolve("/_fake"))).contains("<title>Seedance sandbox</title>");
      assertThat(get(baseUrl.resolve("/_fake/state"))).contains(baseUrl.toString());

      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void holdsWhatItNeedsAndItsLicence() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();

      assertThat(names)
          .contains("META-INF/LICENSE", "META-INF/NOTICE")
          .doesNotHaveDuplicates()
          .noneMatch(name -> name.endsWith("module-info.class"));
      assertThat(names)
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(
              name ->
                  name.startsWith("io/github/seedance4j/")
                      || name.startsWith("org/apache/hc/core5/")
                      || name.startsWith("org/jspecify/")
                      || name.startsWith("jakarta/validation/"));
    }
  }

  @Test
  void loadsEveryClassOfItsOwnWithoutAnythingElse() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile());
        URLClassLoader alone =
            new URLClassLoader(
                new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      List<String> own =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches("io/github/seedance4j/.*(?<!package-info)\\.class"))
              .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
              .toList();

      assertThat(own).isNotEmpty();
      for (String name : own) {
        assertThatCode(() -> Class.forName(name, false, alone).getDeclaredMethods())
            .as(name)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void saysItsVersion() throws Exception {
    Process process = new ProcessBuilder(java(), "-jar", JAR.toString(), "--version").start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .matches("seedance4j-sandbox \\d+\\.\\d+.*\\R");
  }

  @Test
  void liesThereOnItsOwn() throws IOException {
    try (Stream<Path> beside = Files.list(JAR.getParent())) {
      assertThat(beside).noneMatch(file -> file.getFileName().toString().startsWith("original-"));
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
