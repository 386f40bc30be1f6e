package io.github.seedance4j.adapter.store;

import io.github.seedance4j.pricing.Assumption;
import io.github.seedance4j.pricing.FailedTasks;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Terms;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A quote with the terms that were agreed to, as a plain tree and back. */
final class MoneyJson {

  private MoneyJson() {}

  static Map<String, Object> tree(Quote quote) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("low", quote.low().toString());
    tree.put("high", quote.high().toString());
    tree.put("hold", quote.hold().toString());
    tree.put("lines", quote.lines().stream().map(MoneyJson::tree).toList());
    tree.put("assumptions", quote.assumptions().stream().map(Enum::name).toList());
    tree.put("tariffDate", quote.tariffDate().toString());
    tree.put("terms", tree(quote.terms()));
    return tree;
  }

  private static Map<String, Object> tree(Quote.Line line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("item", line.item());
    tree.put("lowSeconds", line.lowSeconds().toString());
    tree.put("highSeconds", line.highSeconds().toString());
    tree.put("low", line.low().toString());
    tree.put("high", line.high().toString());
    return tree;
  }

  static Map<String, Object> tree(Terms terms) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("perSecond", terms.perSecond().toString());
    tree.put("byRealLength", terms.byRealLength());
    tree.put("leastOutput", terms.leastOutput().toString());
    tree.put("input", terms.input().toString());
    tree.put("exact", terms.exact());
    tree.put("failedTasks", terms.failedTasks().name());
    return tree;
  }

  static Quote quote(JsonTree tree) {
    List<Quote.Line> lines = tree.objects("lines").stream().map(MoneyJson::line).toList();
    List<Assumption> assumptions =
        tree.list("assumptions").stream()
            .map(name -> Assumption.valueOf(String.valueOf(name)))
            .toList();
    return new Quote(
        tree.money("low"),
        tree.money("high"),
        tree.money("hold"),
        lines,
        assumptions,
        LocalDate.parse(tree.text("tariffDate")),
        terms(tree.object("terms")));
  }

  private static Quote.Line line(JsonTree tree) {
    return new Quote.Line(
        tree.text("item"),
        tree.decimal("lowSeconds"),
        tree.decimal("highSeconds"),
        tree.money("low"),
        tree.money("high"));
  }

  private static Terms terms(JsonTree tree) {
    return new Terms(
        tree.decimal("perSecond"),
        tree.flag("byRealLength"),
        tree.money("leastOutput"),
        tree.money("input"),
        tree.flag("exact"),
        tree.constant("failedTasks", FailedTasks.class));
  }
}
