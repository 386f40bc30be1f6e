package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A worked case, as the line that goes into {@code quote --from} and the line that shall come out.
 *
 * @param request the wire's JSON, just as the case has it
 */
record ConformanceCase(String id, boolean relaxed, String request, Map<?, ?> expect) {

  static List<ConformanceCase> readAll(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(ConformanceCase::of).toList();
  }

  private static ConformanceCase of(String line) {
    Map<?, ?> tree = (Map<?, ?>) JsonReader.read(line).tree();
    int begin = line.indexOf("\"request\": ") + "\"request\": ".length();
    return new ConformanceCase(
        (String) tree.get("id"),
        "relaxed".equals(tree.get("policy")),
        line.substring(begin, line.lastIndexOf(", \"expect\"")),
        (Map<?, ?>) tree.get("expect"));
  }

  String expected(int line) {
    Map<?, ?> quote = (Map<?, ?>) expect.get("quote");
    return "{\"line\":"
        + line
        + ",\"violations\":"
        + list("violations")
        + ",\"advice\":"
        + list("advice")
        + ",\"quote\":"
        + (quote == null
            ? "null"
            : "{\"low\":\"%s\",\"high\":\"%s\",\"currency\":\"USD\"}"
                .formatted(quote.get("low"), quote.get("high")))
        + "}";
  }

  private String list(String name) {
    return ((List<?>) expect.get(name))
        .stream().map(entry -> "\"" + entry + "\"").collect(Collectors.joining(",", "[", "]"));
  }
}
