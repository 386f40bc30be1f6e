package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Resolution;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.request.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request, judged and priced with every model in every resolution. */
final class Comparison {

  private final List<Cell> cells;
  private final int count;

  /** The request with one model in one resolution; without a quote where that won't do. */
  private record Cell(
      ModelSpec model, Resolution resolution, Verdict verdict, @Nullable Quote quote) {}

  private Comparison(List<Cell> cells, int count) {
    this.cells = cells;
    this.count = count;
  }

  /**
   * With prices of so many of it.
   *
   * @param count one or more
   */
  static Comparison of(
      GenerationDraft draft,
      ModelCatalog catalog,
      Strictness strictness,
      Tariff tariff,
      int count) {
    RequestRules rules = RequestRules.of(catalog);
    List<Cell> cells = new ArrayList<>();
    for (ModelSpec model : catalog.models()) {
      for (Resolution resolution : model.resolutions()) {
        GenerationDraft changed =
            draft.toBuilder().model(new ModelId(model.id())).resolution(resolution).build();
        Verdict verdict = rules.judge(changed, strictness);
        cells.add(
            new Cell(
                model,
                resolution,
                verdict,
                verdict
                    .request()
                    .map(request -> QuoteText.times(tariff.quote(request), count))
                    .orElse(null)));
      }
    }
    return new Comparison(cells, count);
  }

  /** What is wrong with it whatever the model; empty if any of them can make it. */
  List<Finding> violations() {
    return cells.stream().anyMatch(cell -> cell.quote() != null)
        ? List.of()
        : cells.get(0).verdict().violations();
  }

  /**
   * A row for each model, a column for each resolution, and what the prices take for granted.
   *
   * @param isMeasured whether the lengths of reference videos were read, and not told
   */
  List<String> lines(boolean isMeasured) {
    Set<Resolution> resolutions = new LinkedHashSet<>();
    Map<ModelSpec, Map<Resolution, String>> rows = new LinkedHashMap<>();
    int width = 0;
    for (Cell cell : cells) {
      resolutions.add(cell.resolution());
      Quote quote = cell.quote();
      String price = quote == null ? "not valid" : QuoteText.price(quote);
      width = Math.max(width, price.length());
      rows.computeIfAbsent(cell.model(), model -> new LinkedHashMap<>())
          .put(cell.resolution(), price);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder();
    for (Resolution resolution : resolutions) {
      head.append(padded(resolution.value(), width));
    }
    lines.add(line("", head));
    for (Map.Entry<ModelSpec, Map<Resolution, String>> row : rows.entrySet()) {
      StringBuilder prices = new StringBuilder();
      for (Resolution resolution : resolutions) {
        prices.append(padded(row.getValue().getOrDefault(resolution, "–"), width));
      }
      lines.add(line(row.getKey().alias(), prices));
    }
    cells.stream()
        .filter(cell -> cell.quote() != null)
        .findFirst()
        .ifPresent(cell -> lines.addAll(footnotes(cell, isMeasured)));
    return lines;
  }

  /** Everything, for programs. */
  Map<String, Object> json() {
    List<Object> all = new ArrayList<>();
    for (Cell cell : cells) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("model", cell.model().id());
      entry.put("resolution", cell.resolution().value());
      entry.putAll(
          QuoteText.json(1, cell.verdict().violations(), cell.verdict().advice(), cell.quote()));
      entry.remove("line");
      all.add(entry);
    }
    return Map.of("compare", all);
  }

  private List<String> footnotes(Cell cell, boolean isMeasured) {
    List<String> lines = new ArrayList<>();
    Optional<GenerationRequest> request = cell.verdict().request();
    Quote quote = cell.quote();
    if (request.isPresent() && quote != null) {
      lines.add(
          "For "
              + (count == 1 ? "" : count + " takes of ")
              + QuoteText.seconds(request.get().duration())
              + " s, at prices of "
              + quote.tariffDate()
              + ".");
      lines.addAll(QuoteText.assumptions(quote, isMeasured));
    }
    return lines;
  }

  private static String line(String name, CharSequence cells) {
    return (padded(name, 10) + cells).stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()) + 3);
  }
}
