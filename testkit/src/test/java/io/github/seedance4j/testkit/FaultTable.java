package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of docs/faults.md. */
final class FaultTable {

  private static final Path FILE = Path.of("../docs/faults.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\{.*?\\})`( \\(Java only\\))? \\| ([^|]+) \\| ([^|]+) \\|");

  private FaultTable() {}

  /**
   * One row.
   *
   * @param javaOnly whether its JSON is a name and no more
   */
  record Row(String json, boolean javaOnly, String what, String takenFor) {
    Fault fault() {
      return FaultJson.read(tree());
    }

    String name() {
      return (String) tree().get("fault");
    }

    private Map<?, ?> tree() {
      return (Map<?, ?>) JsonReader.read(json).tree();
    }

    @Override
    public String toString() {
      return json;
    }
  }

  static List<Row> rows() {
    return lines().stream().filter(line -> line.startsWith("| `")).map(FaultTable::row).toList();
  }

  private static Row row(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new AssertionError("no row of three columns, JSON first: " + line);
    }
    return new Row(row.group(1), row.group(2) != null, row.group(3), row.group(4));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
