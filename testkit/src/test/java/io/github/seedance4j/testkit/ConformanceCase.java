package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.check.Enforcement;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One worked case of the shared requests, of which the fake looks at the violations. */
public record ConformanceCase(
    String id, Enforcement enforcement, Object request, List<String> violations) {

  public static List<ConformanceCase> all() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ConformanceCase.class.getResourceAsStream("/conformance/requests.jsonl")),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(ConformanceCase::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConformanceCase of(String line) {
    Map<?, ?> fields = (Map<?, ?>) JsonReader.read(line).tree();
    return new ConformanceCase(
        (String) fields.get("id"),
        "relaxed".equals(fields.get("policy")) ? Enforcement.STATED : Enforcement.ALL,
        fields.get("request"),
        ((List<?>) ((Map<?, ?>) fields.get("expect")).get("violations"))
            .stream().map(String.class::cast).toList());
  }

  @Override
  public String toString() {
    return id;
  }
}
