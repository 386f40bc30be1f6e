package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.pricing.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A quote as a tree. */
final class QuoteView {

  private QuoteView() {}

  static Map<String, Object> of(Quote quote) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("currency", quote.high().currency().getCurrencyCode());
    tree.put("low", quote.low().plain());
    tree.put("high", quote.high().plain());
    tree.put("hold", quote.hold().plain());
    tree.put("exact", quote.isExact());
    tree.put("lines", quote.lines().stream().map(QuoteView::line).toList());
    tree.put(
        "assumptions",
        quote.assumptions().stream()
            .map(assumption -> Json.tree("code", assumption.name(), "text", assumption.text()))
            .toList());
    tree.put("tariff_date", quote.tariffDate().toString());
    return tree;
  }

  private static Map<String, Object> line(Quote.Line line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("item", line.item());
    tree.put("seconds", List.of(line.lowSeconds(), line.highSeconds()));
    tree.put("low", line.low().plain());
    tree.put("high", line.high().plain());
    return tree;
  }
}
