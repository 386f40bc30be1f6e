package io.github.seedance4j.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One line of {@code conformance/requests.jsonl}. */
public record ConformanceCase(
    String id,
    Strictness strictness,
    Map<String, Object> request,
    List<String> violations,
    List<String> advice,
    Optional<Map<String, String>> quote) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Every line of the file. */
  public static Stream<ConformanceCase> all() {
    return lines().stream().map(ConformanceCase::of);
  }

  public GenerationDraft draft() {
    return GenerationDraft.read(request);
  }

  public static List<String> entries(List<Finding> findings) {
    return findings.stream().map(Finding::entry).sorted().toList();
  }

  @SuppressWarnings("unchecked") // the file's own form
  private static ConformanceCase of(String line) {
    Map<String, Object> tree = JSON.readValue(line, Map.class);
    Map<String, Object> expect = (Map<String, Object>) tree.get("expect");
    return new ConformanceCase(
        (String) tree.get("id"),
        "relaxed".equals(tree.get("policy")) ? Strictness.RELAXED : Strictness.STRICT,
        (Map<String, Object>) tree.get("request"),
        List.copyOf(new TreeSet<>((List<String>) expect.get("violations"))),
        List.copyOf(new TreeSet<>((List<String>) expect.get("advice"))),
        Optional.ofNullable((Map<String, String>) expect.get("quote")));
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ConformanceCase.class.getResourceAsStream("/conformance/requests.jsonl")),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
