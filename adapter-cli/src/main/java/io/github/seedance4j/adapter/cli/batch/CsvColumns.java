package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.text.Csv;
import io.github.seedance4j.adapter.cli.text.FieldNames;
import io.github.seedance4j.adapter.cli.text.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file's header, and how it turns cells into the values that JSON would have: numbers, true
 * and false, lists with spaces between their entries (no URL has one), {@code content} as JSON. A
 * cell that is no such value stays text, for the rules to refuse.
 */
final class CsvColumns {

  private static final Set<String> OWN = Set.of("id", "out");
  private static final Set<String> NUMBERS = Set.of("duration", "input_video_duration");
  private static final Set<String> FLAGS = Set.of("generate_audio", "watermark");
  private static final Set<String> TEXT_LISTS = Set.of("image_urls", "video_urls", "audio_urls");
  private static final String NUMBER_LIST = "video_durations";
  private static final String JSON = "content";
  private static final String DECIMAL = "-?\\d{1,12}(\\.\\d{1,12})?";

  private final List<String> names;

  private CsvColumns(List<String> names) {
    this.names = names;
  }

  /** Reads the header; says what is wrong with it. */
  static CsvColumns of(Csv.Row header, List<BatchLine.Problem> problems) {
    List<String> names = header.cells().stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    if (names.size() == 1 && names.get(0).contains(";")) {
      problems.add(
          new BatchLine.Problem(
              header.line(), "csv-malformed", "cells are divided by ';': save it with commas"));
      return new CsvColumns(List.of());
    }
    for (String name : names) {
      if (!OWN.contains(name) && !FieldNames.ALL.contains(name)) {
        problems.add(
            new BatchLine.Problem(
                header.line(),
                "field-unknown",
                name.isEmpty()
                    ? "a column has no name"
                    : "there is no field '"
                        + name
                        + "'"
                        + FieldNames.near(name)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("")));
      } else if (!seen.add(name)) {
        problems.add(
            new BatchLine.Problem(
                header.line(), "field-repeated", "the column " + name + " is there twice"));
      }
    }
    return new CsvColumns(names);
  }

  /** The request of a row; null if its cells can't be told apart. */
  @Nullable Map<String, @Nullable Object> read(Csv.Row row, List<BatchLine.Problem> problems) {
    if (names.isEmpty()) {
      return null;
    }
    if (row.cells().size() != names.size()) {
      problems.add(
          new BatchLine.Problem(
              row.line(),
              "csv-malformed",
              row.cells().size()
                  + " cells under "
                  + names.size()
                  + " columns: put a cell that has commas in quotes"));
      return null;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String cell = row.cells().get(i);
      boolean known = OWN.contains(names.get(i)) || FieldNames.ALL.contains(names.get(i));
      if (!cell.isBlank() && known) {
        tree.put(names.get(i), value(names.get(i), cell));
      }
    }
    return tree;
  }

  private static @Nullable Object value(String name, String cell) {
    String word = cell.strip();
    if (NUMBERS.contains(name)) {
      return number(word);
    }
    if (FLAGS.contains(name)) {
      return switch (word.toLowerCase(Locale.ROOT)) { // spreadsheets shout
        case "true" -> true;
        case "false" -> false;
        default -> word;
      };
    }
    if (TEXT_LISTS.contains(name)) {
      return List.of(word.split("\\s+"));
    }
    if (name.equals(NUMBER_LIST)) {
      List<Object> numbers = new ArrayList<>();
      for (String part : word.split("\\s+")) {
        numbers.add(number(part));
      }
      return numbers;
    }
    if (name.equals(JSON)) {
      Json.Document document = Json.read(word.getBytes(StandardCharsets.UTF_8));
      return document.problem() == null ? document.value() : word;
    }
    return name.equals("prompt") ? cell : word;
  }

  private static Object number(String word) {
    return word.matches(DECIMAL) ? new BigDecimal(word) : word;
  }
}
