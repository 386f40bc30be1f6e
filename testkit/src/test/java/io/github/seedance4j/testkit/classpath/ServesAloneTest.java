package io.github.seedance4j.testkit.classpath;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM with exactly what a user gets: no JUnit, no AssertJ, no ArchUnit. */
class ServesAloneTest {

  /** One class of each artifact, to find where it lies. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "io.github.seedance4j:seedance4j-core", "io.github.seedance4j.job.Job",
          "jakarta.validation:jakarta.validation-api", "jakarta.validation.Constraint",
          "org.jspecify:jspecify", "org.jspecify.annotations.NullMarked",
          "org.apache.httpcomponents.core5:httpcore5", "org.apache.hc.core5.http.HttpHost");

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  private static String whereIs(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String classPath() throws Exception {
    assertThat(SAMPLES).containsOnlyKeys(DependencyTreeTest.ALLOWED);
    List<String> all = new ArrayList<>(List.of(whereIs(FakeTokenHub.class)));
    for (String sample : SAMPLES.values()) {
      all.add(whereIs(Class.forName(sample)));
    }
    return String.join(File.pathSeparator, all);
  }

  private Process start() throws Exception {
    Path program = directory.resolve("ServesAlone.java");
    try (InputStream source =
        Objects.requireNonNull(
            ServesAloneTest.class.getResourceAsStream("/classpath/ServesAlone.java.txt"))) {
      Files.copy(source, program);
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(),
            program.toString())
        .redirectError(directory.resolve("errors").toFile())
        .start();
  }

  private Map<?, ?> json(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        client.send(
            request.header("Authorization", "Bearer th-alone").build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return (Map<?, ?>) Objects.requireNonNull(JsonReader.read(answer.body()).tree());
  }

  @Test
  void servesAClipWithNothingButWhatAUserGets() throws Exception {
    Process server = start();
    try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
      String base = output.readLine();
      assertThat(base).as(() -> errors()).startsWith("http://127.0.0.1:");
      Map<?, ?> created =
          json(
              HttpRequest.newBuilder(URI.create(base + "/videos/generations"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"a cat\"}")));
      Map<?, ?> task =
          json(
              HttpRequest.newBuilder(
                  URI.create(base + "/videos/generations/" + created.get("id"))));
      assertThat(task.get("status")).isEqualTo("succeeded");
      Map<?, ?> data = (Map<?, ?>) ((List<?>) task.get("data")).get(0);
      HttpResponse<byte[]> clip =
          client.send(
              HttpRequest.newBuilder(URI.create((String) data.get("video_url"))).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(clip.statusCode()).isEqualTo(200);
      assertThat(new String(clip.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");

      server.getOutputStream().close();
      assertThat(output.readLine()).isEqualTo("1.00");
      assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).as(() -> errors()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("errors"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
